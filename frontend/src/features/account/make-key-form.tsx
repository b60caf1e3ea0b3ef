'use client';

import { useRef, useState } from 'react';
import { anything, required } from '@/api/form-checks';
import { send } from '@/api/send';
import { useSubmit } from '@/api/use-submit';
import { cx } from '@/lib/cx';
import { Choose } from '@/ui/choose';
import { Field } from '@/ui/field';
import { FormError } from '@/ui/form-error';
import { FormButtons } from './form-buttons';
import type { KeyLife, ScopeValue } from './model';
import { daysOf, KEY_LIVES, SCOPES } from './model';
import type { MadeKey } from './new-key';
import { newIdempotencyKey } from '@/api/once';

interface MakeKeyProps {
  /** What the person may do: a key can't do more. */
  permissions: readonly string[];
  onMade: (key: MadeKey) => void;
  onCancel: () => void;
}

/** What a new key is called, may do, and how long it lives. */
export function MakeKeyForm({ permissions, onMade, onCancel }: MakeKeyProps) {
  const [scopes, setScopes] = useState<ScopeValue[]>(['market:read']);
  const [life, setLife] = useState<KeyLife>('90');
  // The same key for the same wish: asked twice over a bad line, one API key is made.
  const once = useRef({ wish: '', key: '' });
  const form = useSubmit({
    fields: { name: required('Give the key a name.'), scopes: anything },
    work: async ({ name }) => {
      const body = { name: name.trim(), scopes, expires_in_days: daysOf(life) };
      const wish = JSON.stringify(body);
      if (once.current.wish !== wish) once.current = { wish, key: newIdempotencyKey() };
      onMade(await send('POST', '/api/v1/api-keys', { body, headers: { 'Idempotency-Key': once.current.key } }));
    },
  });
  const toggle = (scope: ScopeValue, on: boolean) => setScopes((before) => (on ? [...before, scope] : before.filter((each) => each !== scope)));
  return (
    <form {...form.props} className="flex flex-col gap-4">
      <Field label="Name" name="name" autoComplete="off" maxLength={80} required hint="What it is for, such as Nightly report." error={form.errorOf('name')} />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 text-13 font-medium">The key may</legend>
        {SCOPES.map((scope) => (
          <ScopeBox key={scope.value} scope={scope} allowed={permissions.includes(scope.value)} chosen={scopes.includes(scope.value)} onToggle={(on) => toggle(scope.value, on)} />
        ))}
        {(scopes.length === 0 || form.errorOf('scopes')) && (
          <p role="alert" className="text-12 text-down">
            {form.errorOf('scopes') ?? 'Choose at least one.'}
          </p>
        )}
      </fieldset>
      <Choose label="Expires after" choices={KEY_LIVES} value={life} onChange={setLife} className="self-start" />
      {life === 'never' && <p className="text-12 text-warn">A key without an end works until you revoke it, whoever finds it.</p>}
      <FormError>{form.general}</FormError>
      <FormButtons action="Make key" form={form} disabled={scopes.length === 0} onCancel={onCancel} />
    </form>
  );
}

interface ScopeBoxProps {
  scope: (typeof SCOPES)[number];
  allowed: boolean;
  chosen: boolean;
  onToggle: (on: boolean) => void;
}

function ScopeBox({ scope, allowed, chosen, onToggle }: ScopeBoxProps) {
  return (
    <label className={cx('flex items-start gap-3 text-13', !allowed && 'text-muted')}>
      <input type="checkbox" name="scopes" checked={chosen} disabled={!allowed} onChange={(event) => onToggle(event.target.checked)} className="mt-[3px] h-4 w-4 flex-none accent-[rgb(var(--accent))]" />
      <span>
        {scope.name}
        <span className="block text-12 text-muted">{allowed ? scope.may : `${scope.may} Your role does not allow this.`}</span>
      </span>
    </label>
  );
}
