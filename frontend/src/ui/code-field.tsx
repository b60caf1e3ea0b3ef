'use client';

import { useState } from 'react';
import type { FieldProps } from './field';
import { Field } from './field';

/** Six digits from an authenticator app; takes a paste with spaces, and the keyboard's own suggestion. */
export function CodeField(props: Omit<FieldProps, 'type' | 'value' | 'onChange'>) {
  const [typed, setTyped] = useState('');
  return (
    <Field
      {...props}
      inputMode="numeric"
      autoComplete="one-time-code"
      value={typed}
      onChange={(event) => setTyped(event.target.value.replace(/\D/g, '').slice(0, 6))}
      placeholder="000000"
      className="num text-16 tracking-[0.4em]"
    />
  );
}
