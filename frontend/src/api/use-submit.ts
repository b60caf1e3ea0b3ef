'use client';

import type { FormEvent } from 'react';
import { useEffect, useState } from 'react';
import { Problem } from './problem';

interface Submission {
  busy: boolean;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** What is wrong with a field, in the server's words. */
  errorOf: (field: string) => string | undefined;
  /** What is wrong with no field in particular. */
  general: string | undefined;
  /** The refusal itself, where what to do depends on it. */
  problem: Problem | null;
  /** Seconds until trying again makes sense, counting down. */
  wait: number;
  clear: () => void;
}

// Refusals that name no field, but are about one that the form may have.
const FIELD_OF_CODE: Record<string, string> = { invalid_code: 'code', reauth_required: 'password' };

/** Sends a form once at a time; what is refused is told beside the field it is about, and that field is focused. */
export function useSubmit(fields: readonly string[], work: (values: FormData) => Promise<void>): Submission {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const wait = useCountdown(problem);
  const errorOf = (field: string) => wordsAbout(problem, field);

  const send = async (form: HTMLFormElement) => {
    setBusy(true);
    setProblem(null);
    try {
      await work(new FormData(form));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      setProblem(error);
      const wrong = fields.find((field) => wordsAbout(error, field));
      if (wrong) form.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
    } finally {
      setBusy(false);
    }
  };

  const isGeneral = problem !== null && !fields.some((field) => errorOf(field));
  return {
    busy,
    onSubmit: (event) => {
      event.preventDefault();
      if (!busy && wait === 0) void send(event.currentTarget);
    },
    errorOf,
    general: isGeneral ? (wait > 0 ? `Too many attempts. Try again in ${inWords(wait)}.` : (problem.detail ?? problem.title)) : undefined,
    problem,
    wait,
    clear: () => setProblem(null),
  };
}

/** Counts down to when the server takes another attempt, then forgets the refusal. */
function useCountdown(problem: Problem | null): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const seconds = problem?.status === 429 ? (problem.retryAfterSeconds ?? 0) : 0;
    setLeft(seconds);
    if (seconds === 0) return;
    const until = Date.now() + seconds * 1_000;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((until - Date.now()) / 1_000));
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [problem]);
  return left;
}

const inWords = (seconds: number) => (seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`);

function wordsAbout(problem: Problem | null, field: string): string | undefined {
  const said = problem?.errors.find((error) => error.field === field)?.message;
  return said ?? (problem && FIELD_OF_CODE[problem.code] === field ? (problem.detail ?? problem.title) : undefined);
}
