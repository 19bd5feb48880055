/** Why a change was not made. */
export function Problem({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <p role="alert" className="rounded-sm bg-bad-soft px-2 py-1 text-xs break-words text-bad">
      {text}
    </p>
  );
}
