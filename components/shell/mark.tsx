/** The sign of the product: a ring and the point that watches it. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden className={className}>
      <circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" strokeWidth="1.75" />
      <circle cx="12.1" cy="3.9" r="2.4" fill="currentColor" />
    </svg>
  );
}
