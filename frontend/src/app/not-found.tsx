import { Compass } from 'lucide-react';
import Link from 'next/link';
import { Notice } from '@/ui/notice';

export default function NotFound() {
  return (
    <Notice
      icon={Compass}
      title="There is no page here"
      action={
        <Link href="/dashboard" className="control">
          To the dashboard
        </Link>
      }
    >
      The address may be mistyped, or the page has moved.
    </Notice>
  );
}
