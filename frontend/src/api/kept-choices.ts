import { STORED_CHOICES } from '@/lib/stored-choices';

/** `fetch`, after which this browser shows things as before: signing out empties its storage, but theme and zone stay. */
export async function fetchKeepingChoices(request: Request): Promise<Response> {
  if (request.method === 'GET') return fetch(request);
  const kept = choices();
  const answer = await fetch(request);
  putBack(kept); // The browser does not show `Clear-Site-Data` to scripts: what is gone tells.
  return answer;
}

type Kept = ReadonlyArray<readonly [name: string, value: string | null]>;

function choices(): Kept {
  try {
    return STORED_CHOICES.map((name) => [name, window.localStorage.getItem(name)]);
  } catch {
    return []; // A browser that forbids storage has nothing to lose.
  }
}

function putBack(kept: Kept): void {
  try {
    kept.forEach(([name, value]) => {
      if (value !== null && window.localStorage.getItem(name) === null) window.localStorage.setItem(name, value);
    });
  } catch {
    return;
  }
}
