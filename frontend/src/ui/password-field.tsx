'use client';

import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import type { FieldProps } from './field';
import { Field } from './field';

/** A password, hidden until somebody wants to see what was typed. */
export function PasswordField(props: Omit<FieldProps, 'type' | 'beside'>) {
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field
      {...props}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      beside={
        <button type="button" className="flex h-full w-10 flex-none items-center justify-center rounded text-muted hover:text-text" aria-label={shown ? 'Hide the password' : 'Show the password'} aria-pressed={shown} onClick={() => setShown(!shown)}>
          <Icon className="icon" aria-hidden />
        </button>
      }
    />
  );
}
