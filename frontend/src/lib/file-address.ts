export type FileFormat = 'csv' | 'parquet';

/** The forms a page offers, as people and as the API call them. */
export const FILES: ReadonlyArray<readonly [form: string, format: FileFormat]> = [
  ['CSV', 'csv'],
  ['Parquet', 'parquet'],
];

/** The address of an answer as a file; what is undefined or empty is not asked. */
export function fileAddress(path: string, format: FileFormat, question: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...question, format })) if (value) query.set(name, value);
  return `/api/v1${path}?${query.toString()}`;
}
