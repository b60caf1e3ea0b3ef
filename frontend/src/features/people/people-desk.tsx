'use client';

import { Search, UserX } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { toast } from '@/ui/toast';
import { send } from '@/api/send';
import { useGet } from '@/api/use-get';
import { Choose } from '@/ui/choose';
import { Confirm } from '@/ui/confirm';
import { Failure, NotRenewed } from '@/ui/failure';
import { Notice } from '@/ui/notice';
import { SkeletonRows } from '@/ui/skeleton';
import type { Intent, RoleName, Trail } from './model';
import { cursorOf, questionFor, ROLES } from './model';
import { PeopleTable } from './people-table';

const PER_PAGE = 50;
const ANY = '';

/** The people of this desk: find one, give a role, disable or enable. */
export function PeopleDesk({ me, mayChange }: { me: string; mayChange: boolean }) {
  const [typed, setTyped] = useState('');
  const [role, setRole] = useState<RoleName | typeof ANY>(ANY);
  const [trail, setTrail] = useState<Trail>([]);
  const [intent, setIntent] = useState<Intent | null>(null);
  const words = useSettled(typed.trim());
  useEffect(() => setTrail([]), [words, role]);
  const people = useGet('/api/v1/users', { query: { q: words, role: role === ANY ? undefined : role, limit: PER_PAGE, cursor: cursorOf(trail) } }, { keep: true });
  const ask = useCallback((wanted: Intent) => setIntent(wanted), []);

  const change = async (wanted: Intent) => {
    const body = 'role' in wanted ? { role: wanted.role } : { status: wanted.status };
    await send('PATCH', '/api/v1/users/{user_id}', { path: { user_id: wanted.person.id }, body });
    toast.success(questionFor(wanted).done);
    if (people.state === 'ready') people.retry();
  };

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-20 font-semibold">People</h1>
        <Choose label="Role" choices={[{ value: ANY, label: 'All roles' }, ...ROLES]} value={role} onChange={setRole} showLabel={false} />
        <label className="control w-full sm:w-72">
          <Search className="icon text-muted" aria-hidden />
          <span className="sr-only">Search by e-mail address</span>
          <input type="search" value={typed} onChange={(event) => setTyped(event.target.value)} placeholder="Search by e-mail address" className="w-full bg-transparent outline-none placeholder:text-muted" />
        </label>
      </div>
      {(people.state === 'loading' || people.state === 'idle') && <SkeletonRows rows={6} label="People are on their way" />}
      {people.state === 'failed' && <Failure problem={people.problem} retry={people.retry} />}
      {people.state === 'ready' && (
        <>
          {people.problem && <NotRenewed problem={people.problem} retry={people.retry} />}
          {people.data.items.length === 0 ? (
            <Notice icon={UserX} title="Nobody like that">
              Try a part of the e-mail address, or all roles.
            </Notice>
          ) : (
            <PeopleTable people={people.data.items} me={me} mayChange={mayChange} onIntent={ask} />
          )}
          {(trail.length > 0 || people.data.next_cursor) && (
            <Pages trail={trail} next={people.data.next_cursor ?? null} onGo={setTrail} />
          )}
        </>
      )}
      {intent && (
        <Confirm title={questionFor(intent).title} action={questionFor(intent).action} onConfirm={() => change(intent)} onClose={() => setIntent(null)}>
          {questionFor(intent).text}
        </Confirm>
      )}
    </div>
  );
}

function Pages({ trail, next, onGo }: { trail: Trail; next: string | null; onGo: (trail: Trail) => void }) {
  return (
    <nav aria-label="Pages of people" className="flex items-center justify-end gap-2 text-13 text-muted">
      Page {trail.length + 1}
      <button type="button" className="control" disabled={trail.length === 0} onClick={() => onGo(trail.slice(0, -1))}>
        Newer
      </button>
      <button type="button" className="control" disabled={next === null} onClick={() => next !== null && onGo([...trail, next])}>
        Older
      </button>
    </nav>
  );
}

/** What was typed, once the typing rests for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 250);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
