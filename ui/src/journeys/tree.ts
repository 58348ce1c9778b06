import type { Condition, StepCount } from "../api/types.ts";

/** A step in its place, with the ways that branch off below it. */
export type Placed = { path: string; kind: string; body: Document; numbers: StepCount | undefined; ways: Way[] };
export type Way = {
  path: string;
  when: Condition | null;
  weight: number | null;
  /** For ways that are no shares: under which word they stand, like `then` and `else`. */
  word: string | null;
  steps: Placed[];
};
type Document = Record<string, unknown>;

/** Steps that are a list of ways. */
export const FORKS = ["branch", "split", "bandit"];

/** Under these words other steps hold steps, like a wait that goes on differently when nothing came. */
const WORDS = ["then", "do", "else"];

/** What a step of any kind may say. */
const OF_ANY = ["id", "name"];

/** The steps of a journey document, nested as written, each with the numbers the server has for its path. */
export function placed(document: unknown, numbers: readonly StepCount[], path = "steps"): Placed[] {
  if (!Array.isArray(document)) return [];
  return document.map((item: unknown, nth) => {
    const body = object(item);
    const here = `${path}[${nth}]`;
    const known = numbers.find((each) => each.path === here);
    const kind = known?.kind ?? Object.keys(body).find((word) => !OF_ANY.includes(word)) ?? "";
    return {
      path: here,
      kind,
      body,
      numbers: known,
      ways: (FORKS.includes(kind) ? ways : inside)(body[kind], numbers, `${here}.${kind}`),
    };
  });
}

function ways(arms: unknown, numbers: readonly StepCount[], path: string): Way[] {
  if (!Array.isArray(arms)) return [];
  return arms.map((item: unknown, nth) => {
    const arm = object(item);
    const inner = "else" in arm ? "else" : "do";
    const here = `${path}[${nth}].${inner}`;
    return {
      path: here,
      when: arm.when ? object(arm.when) : null,
      weight: typeof arm.weight === "number" ? arm.weight : null,
      word: null,
      steps: placed(arm[inner], numbers, here),
    };
  });
}

function inside(own: unknown, numbers: readonly StepCount[], path: string): Way[] {
  const form = object(own);
  return WORDS.filter((word) => Array.isArray(form[word])).map((word) => {
    const here = `${path}.${word}`;
    return { path: here, when: null, weight: null, word, steps: placed(form[word], numbers, here) };
  });
}

function object(value: unknown): Document {
  return typeof value === "object" && value !== null ? (value as Document) : {};
}
