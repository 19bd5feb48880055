import type { StoredSetting } from '../readers/kept-reads';
import type { ReaderPool } from '../readers/reader-pool';
import type { WriterClient } from '../writer/writer-client';
import type { PreviewSlice } from './preview-sql';
import type { RemovalPass, RemovalPlace } from './removal-sql';
import type { SliceOutcome } from './remover';
import type { FileSize } from './size';

/** What retention needs of history: removing and tidying in short transactions, counting in short questions. */
export class RetentionStore {
  constructor(
    private readonly writer: Pick<WriterClient, 'write'>,
    private readonly readers: Pick<ReaderPool, 'ask'>,
  ) {}

  /** Removes up to `most` events among the next thousand of a pass. Rejects with HistoryUnavailableError. */
  async slice(pass: RemovalPass, after: RemovalPlace, most: number): Promise<SliceOutcome> {
    const [outcome] = await this.writer.write([{ kind: 'remove', pass, after, most }]);
    return outcome as SliceOutcome;
  }

  /** Gives a little room back to the file system; says what is left. */
  async tidy(): Promise<FileSize> {
    const [outcome] = await this.writer.write([{ kind: 'tidy' }]);
    return outcome as FileSize;
  }

  preview(pass: RemovalPass, after: RemovalPlace, now: number): Promise<PreviewSlice> {
    return this.readers.ask('retentionPreview', pass, after, now);
  }

  /** Bytes in use and the number of events, to tell how many events an excess of bytes is. */
  size(): Promise<FileSize & { readonly events: number }> {
    return this.readers.ask('storeSize');
  }

  setting(name: string): Promise<StoredSetting | null> {
    return this.readers.ask('setting', name);
  }

  async saveSetting(name: string, value: string, changedBy: string): Promise<void> {
    await this.writer.write([{ kind: 'setting', name, value, changedBy }]);
  }
}
