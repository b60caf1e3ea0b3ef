/** Tells a password manager whose password is typed; people and screen readers are spared it. */
export function HiddenUsername({ email }: { email: string }) {
  return <input type="text" name="username" autoComplete="username" value={email} readOnly tabIndex={-1} aria-hidden className="hidden" />;
}
