/** What titles do under a finger (`touch-titles.tsx`): nothing on a page could say it by itself. */
export function FingerNote() {
  return (
    <p className="hidden text-xs text-faint pointer-coarse:block">
      A tap on a figure or a time tells more about it; a finger that rests on a button is told what it does.
    </p>
  );
}
