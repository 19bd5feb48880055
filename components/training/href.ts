/**
 * The page of a training run. Job ids come from payloads and may hold anything: slashes, blanks, halves of surrogate
 * pairs (which no URL can carry). Browsers take `.` and `..` for folders; such a run can still be shown in the comparison.
 */
export function runHref(jobId: string): string {
  const id = encodeURIComponent(jobId.replace(/\p{Cs}/gu, '\ufffd'));
  return jobId === '.' || jobId === '..' ? `/training?run=${id}` : `/training/${id}`;
}

/** The job id that a path segment stands for; null for one that `runHref` cannot have made. */
export function jobIdOf(segment: string): string | null {
  try {
    const id = decodeURIComponent(segment);
    return id === '' || id.length > 200 ? null : id;
  } catch {
    return null;
  }
}
