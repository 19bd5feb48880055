import { useCallback, useEffect, useEffectEvent, useState } from 'react';

export interface TypedAhead {
  readonly typed: string;
  readonly onType: (text: string) => void;
  /** Enter was pressed behind it: the first that it finds is meant. */
  readonly entered: boolean;
}

/**
 * The text of the palette's field from when it is asked for. Until the field has the focus, because its code is on the way
 * or it is being drawn, what is typed is added here: it must not go to another page by the page's own keys.
 */
export function useTypedAhead(onClose: () => void): TypedAhead {
  const [{ typed, entered }, set] = useState({ typed: '', entered: false });
  const close = useEffectEvent(onClose);
  const onType = useCallback((text: string) => set({ typed: text, entered: false }), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { key, target, ctrlKey, metaKey, altKey, isComposing } = event;
      if (ctrlKey || metaKey || altKey || isComposing) return;
      if (target instanceof Element && target.closest('[role="dialog"]') !== null) return;
      if (key === 'Escape') close();
      // Not with nothing before it: the Enter that pressed the palette's button may be held down.
      else if (key === 'Enter') set((ahead) => ({ ...ahead, entered: ahead.typed !== '' }));
      else if (key === 'Backspace') set((ahead) => ({ typed: ahead.typed.slice(0, -1), entered: false }));
      else if (key.length === 1) set((ahead) => ({ typed: ahead.typed + key, entered: false }));
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
  return { typed, onType, entered };
}
