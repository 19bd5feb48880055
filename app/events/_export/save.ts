import type { ExportFormat } from '@/domain/export';
// Not by the index: that would bring the reader of imports, and zod, to the page.
import { EventCounter } from '@/domain/export/counter';
import { totalOf, type ExportTotal } from '@/domain/export/total';
import { exportName } from './export-url';

/** How far an export is. */
export interface Written {
  readonly events: number;
  readonly bytes: number;
  /** Null where the server did not say. */
  readonly total: ExportTotal | null;
}

interface PickerWindow {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/** True where the browser lets a page write into a file as it goes; elsewhere only a download does not fill the memory. */
export function canSave(): boolean {
  return typeof (window as PickerWindow).showSaveFilePicker === 'function';
}

/** Asks for the file; null when its owner changed his mind. */
export async function pickFile(format: ExportFormat): Promise<FileSystemFileHandle | null> {
  try {
    const options = { suggestedName: exportName(format, Date.now()) };
    return (await (window as PickerWindow).showSaveFilePicker?.(options)) ?? null;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
}

/**
 * Fetches an export into a file, a part at a time. The browser puts the file in its place only at the end, so an export
 * that ends early leaves nothing. Rejects with the server's own message, or with what went wrong.
 */
export async function saveExport(
  url: string,
  format: ExportFormat,
  file: FileSystemFileHandle,
  signal: AbortSignal,
  onWritten: (written: Written) => void,
): Promise<void> {
  const response = await fetch(url, { signal });
  if (!response.ok || !response.body) throw new Error(await messageOf(response));
  const total = totalOf(response.headers);
  const counter = new EventCounter(format);
  const writable = await file.createWritable();
  let bytes = 0;
  onWritten({ events: 0, bytes, total });
  try {
    const reader = response.body.getReader();
    for (let part = await reader.read(); part.value; part = await reader.read()) {
      await writable.write(part.value);
      counter.add(part.value);
      bytes += part.value.length;
      onWritten({ events: counter.events, bytes, total });
    }
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
}

async function messageOf(response: Response): Promise<string> {
  const answer = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  return answer?.error?.message ?? `the server answered ${response.status}`;
}
