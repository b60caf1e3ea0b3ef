'use client';

import type { FormEvent } from 'react';
import { useRef, useState } from 'react';
import type { Check } from './form-checks';
import { Problem } from './problem';
import { waitWords, wordsFor } from './problem-words';
import { useCountdown } from './use-countdown';

interface Options<Field extends string> {
  /** Each field by its name, in their order on the page, with what is checked before anything is sent. */
  fields: Record<Field, Check>;
  /** The field to go to when what is wrong has no place of its own. */
  blame?: NoInfer<Field>;
  work: (values: Record<Field, string>) => Promise<void>;
}

export interface Submission<Field extends string = string> {
  /** For the form itself. */
  props: { noValidate: true; onSubmit: (event: FormEvent<HTMLFormElement>) => void; onInput: (event: FormEvent<HTMLFormElement>) => void };
  /** What is wrong with a field. */
  errorOf: (field: Field) => string | undefined;
  /** What is wrong with no field in particular. */
  general: string | undefined;
  /** The refusal itself, where what to do depends on it. */
  problem: Problem | null;
  busy: boolean;
  /** Too many tries: seconds left to wait. */
  wait: number;
}

type Errors<Field extends string> = Partial<Record<Field, string>>;

/** The fields that a refusal is about when it names none; the first that the form has. */
const FIELDS_OF_CODE: Record<string, readonly string[]> = {
  invalid_code: ['code', 'recovery_code'],
  reauth_required: ['current_password', 'password'],
  weak_password: ['new_password', 'password'],
  email_taken: ['new_email', 'email'],
  invalid_email: ['new_email', 'email'],
};

/** Sends a form once at a time. What is wrong is said beside its field, and the first such field is focused. */
export function useSubmit<Field extends string>({ fields, blame, work }: Options<Field>): Submission<Field> {
  const [errors, setErrors] = useState<Errors<Field>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const { left, waitFor } = useCountdown();
  const under = useRef(false);
  const names = Object.keys(fields) as Field[];

  const say = (form: HTMLFormElement, said: Errors<Field>, otherwise?: Field) => {
    setErrors(said);
    const wrong = names.find((name) => said[name]) ?? otherwise;
    if (wrong) goTo(form, wrong);
  };

  const refuse = (form: HTMLFormElement, refusal: Problem) => {
    setProblem(refusal);
    if (refusal.status === 429) waitFor(refusal.retryAfterSeconds ?? 0);
    const isAboutWords = refusal.status !== null && refusal.status < 500 && refusal.status !== 429;
    say(form, errorsOf(refusal, names), isAboutWords ? blame : undefined);
  };

  const submit = async (form: HTMLFormElement) => {
    if (under.current || left > 0) return;
    const values = valuesOf(form, names);
    const wrong = checked(values, fields);
    setProblem(null);
    say(form, wrong);
    if (Object.keys(wrong).length > 0) return;
    under.current = true;
    setBusy(true);
    try {
      await work(values);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      refuse(form, error);
    } finally {
      under.current = false;
      setBusy(false);
    }
  };

  return {
    props: {
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        void submit(event.currentTarget);
      },
      // What was wrong with a field is wrong no more once something else stands there.
      onInput: ({ target }) => setErrors((before) => without(before, (target as Partial<HTMLInputElement>).name)),
    },
    errorOf: (field) => errors[field],
    general: left > 0 ? waitWords(left) : generalOf(problem, names),
    problem,
    busy,
    wait: left,
  };
}

function valuesOf<Field extends string>(form: HTMLFormElement, names: readonly Field[]): Record<Field, string> {
  const typed = new FormData(form);
  const textOf = (name: string) => {
    const value = typed.get(name);
    return typeof value === 'string' ? value : '';
  };
  return Object.fromEntries(names.map((name) => [name, textOf(name)])) as Record<Field, string>;
}

function checked<Field extends string>(values: Record<Field, string>, checks: Record<Field, Check>): Errors<Field> {
  const names = Object.keys(checks) as Field[];
  return Object.fromEntries(names.map((name) => [name, checks[name](values[name])]).filter(([, words]) => words)) as Errors<Field>;
}

function errorsOf<Field extends string>(problem: Problem, names: readonly Field[]): Errors<Field> {
  const named = problem.errors.filter((error) => names.some((name) => name === error.field));
  if (named.length > 0) return Object.fromEntries(named.map((error) => [error.field, error.message])) as Errors<Field>;
  const meant = FIELDS_OF_CODE[problem.code]?.find((field) => names.some((name) => name === field));
  return meant ? ({ [meant]: wordsFor(problem) } as Errors<Field>) : {};
}

function generalOf<Field extends string>(problem: Problem | null, names: readonly Field[]): string | undefined {
  // A wait that was counted to its end is over.
  if (problem === null || (problem.status === 429 && problem.retryAfterSeconds)) return undefined;
  return Object.keys(errorsOf(problem, names)).length === 0 ? wordsFor(problem) : undefined;
}

function without<Field extends string>(errors: Errors<Field>, name: string | undefined): Errors<Field> {
  if (!name || !(name in errors)) return errors;
  return Object.fromEntries(Object.entries(errors).filter(([field]) => field !== name)) as Errors<Field>;
}

function goTo(form: HTMLFormElement, name: string): void {
  const field = form.querySelector<HTMLElement>(`[name="${name}"]`);
  field?.focus();
  if (field instanceof HTMLInputElement && field.type !== 'checkbox') field.select();
}
