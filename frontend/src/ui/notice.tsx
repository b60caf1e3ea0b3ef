import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface NoticeProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  urgent?: boolean;
}

/** A state that is not data: what happened, and one thing to do about it. */
export function Notice({ icon: Icon, title, children, action, urgent = false }: NoticeProps) {
  return (
    <div role={urgent ? 'alert' : 'status'} className="card flex flex-col items-center gap-3 px-6 py-12 text-center">
      <Icon className={`h-6 w-6 ${urgent ? 'text-warn' : 'text-muted'}`} strokeWidth={1.5} aria-hidden />
      <p className="text-16 font-medium">{title}</p>
      {children && <div className="max-w-[520px] text-13 text-muted">{children}</div>}
      {action}
    </div>
  );
}
