'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRef, useState } from 'react';
import type { FieldPath, FieldValues, UseFormRegister } from 'react-hook-form';
import { useForm as useHookForm } from 'react-hook-form';
import type { z } from 'zod';
import { Problem } from '@/api/problem';
import { useCountdown } from './use-countdown';
import { waitWords, wordsFor } from './words';

interface Form<Values extends FieldValues> {
  register: UseFormRegister<Values>;
  onSubmit: (event?: React.BaseSyntheticEvent) => void;
  errorOf: (field: FieldPath<Values>) => string | undefined;
  /** What is wrong with no field in particular. */
  general: string | undefined;
  busy: boolean;
  /** Too many tries: seconds left to wait. */
  wait: number;
}

interface Options<Values extends FieldValues> {
  schema: z.ZodType<Values, Values>;
  /** The fields, in their order on the page. */
  fields: readonly FieldPath<Values>[];
  /** Refusals by their code that are about a field, or about the form in other words. */
  about?: Partial<Record<string, FieldPath<Values>>>;
  /** The field to go to when what is wrong has no place of its own. */
  blame?: FieldPath<Values>;
  work: (values: Values) => Promise<void>;
}

/** A form that is sent once at a time. What is wrong is said beside its field, and the first such field is focused. */
export function useForm<Values extends FieldValues>({ schema, fields, about = {}, blame, work }: Options<Values>): Form<Values> {
  const [refusal, setRefusal] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const { left, waitFor } = useCountdown();
  const under = useRef(false);
  const form = useHookForm<Values>({ resolver: zodResolver(schema), mode: 'onSubmit', reValidateMode: 'onChange' });

  const refuse = (problem: Problem) => {
    const named = problem.errors.filter((error) => fields.some((field) => field === error.field));
    const byCode = about[problem.code];
    const said = named.length > 0 ? named.map((error) => ({ field: error.field as FieldPath<Values>, message: error.message })) : byCode ? [{ field: byCode, message: wordsFor(problem) }] : [];
    const first = fields.find((field) => said.some((each) => each.field === field));
    // The first on the page is focused, whatever the order they are named in.
    said.forEach(({ field, message }) => form.setError(field, { message }, { shouldFocus: false }));
    if (said.length === 0) setRefusal(wordsFor(problem));
    if (problem.status === 429) waitFor(problem.retryAfterSeconds ?? 0);
    const isAboutWords = problem.status !== null && problem.status < 500 && problem.status !== 429;
    const target = first ?? (isAboutWords ? blame : undefined);
    if (target) form.setFocus(target, { shouldSelect: true });
  };

  const submit = form.handleSubmit(async (values) => {
    if (under.current || left > 0) return;
    under.current = true;
    setBusy(true);
    setRefusal(undefined);
    try {
      await work(values);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      refuse(error);
    } finally {
      under.current = false;
      setBusy(false);
    }
  });

  return {
    register: form.register,
    onSubmit: (event) => void submit(event),
    errorOf: (field) => form.getFieldState(field, form.formState).error?.message,
    general: left > 0 ? waitWords(left) : refusal,
    busy,
    wait: left,
  };
}
