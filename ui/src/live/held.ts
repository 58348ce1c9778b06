import { useState } from "react";

/** A value that keeps changing, and can be held still for a while. */
export function useHeld<T>(value: T): { shown: T; held: boolean; toggle: () => void } {
  const [kept, keep] = useState<{ value: T } | null>(null);
  return { shown: kept ? kept.value : value, held: kept !== null, toggle: () => keep(kept ? null : { value }) };
}
