import { openSearchHistory } from './search/history';

export async function benchSearch(): Promise<string[]> {
  const core = await openSearchHistory((text) => process.stdout.write(`${text}\n`));
  await core.close();
  return [];
}
