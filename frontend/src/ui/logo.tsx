/** The mark: a curve through its contracts. */
export function Logo() {
  return (
    <svg width={24} height={24} viewBox="0 0 24 24" role="img" aria-label="TradeSense">
      <rect width={24} height={24} rx={6} fill="rgb(var(--accent))" />
      <path d="M4.5 16.5C8 16.5 8.5 8 12 8s4 5 7.5 5" fill="none" stroke="rgb(var(--background))" strokeWidth={2} strokeLinecap="round" />
      <circle cx={12} cy={8} r={2.2} fill="rgb(var(--background))" />
    </svg>
  );
}
