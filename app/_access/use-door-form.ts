import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { post } from './post';

/**
 * A form at the door: sends what `read` makes of it, and keeps what the server says is wrong. `leave` goes to another
 * document, so the form stays busy after it.
 */
export function useDoorForm(
  url: string,
  read: (form: FormData) => object,
  leave: () => void,
  /** What is wrong already, before anything was sent. */
  first: string | null = null,
) {
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(first);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setWrong(null);
    const result = await post(url, read(new FormData(event.currentTarget)));
    if (result.ok) leave();
    else {
      setWrong(result.message);
      setBusy(false);
    }
  };
  return { busy, wrong, onSubmit: (event: SubmitEvent<HTMLFormElement>) => void submit(event) };
}
