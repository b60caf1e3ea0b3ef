export interface Strength {
  level: 0 | 1 | 2 | 3;
  words: string;
}

const LONG = 16;
const VERY_LONG = 20;
const FEW_MARKS = 6;

/** How strong a password looks by its length and variety. Whether it is a common one only the server knows. */
export function strengthOf(typed: string, minLength: number): Strength {
  const marks = [...typed];
  const missing = minLength - marks.length;
  if (missing > 0) return { level: 0, words: missing === 1 ? 'One more character' : `${missing} more characters` };
  if (new Set(marks.map((mark) => mark.toLowerCase())).size < FEW_MARKS) return { level: 0, words: 'Too few different characters' };
  if (marks.length >= VERY_LONG) return { level: 3, words: 'Strong' };
  return marks.length >= LONG ? { level: 2, words: 'Good' } : { level: 1, words: 'Long enough. Longer is stronger' };
}
