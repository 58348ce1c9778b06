import type { TimelineItem } from "../api/types.ts";

export type Row = { key: string; item: TimelineItem };
export type Day = { day: string; rows: [Row, ...Row[]] };

/** A timeline cut into days of the shop's zone, in the order it came. */
export function byDay(items: readonly TimelineItem[], dayOf: (at: string) => string): Day[] {
  const days: Day[] = [];
  items.forEach((item, nth) => {
    const day = dayOf(item.at);
    const row: Row = { key: `${item.at} ${item.kind} ${item.title} ${nth}`, item };
    const last = days.at(-1);
    if (last?.day === day) last.rows.push(row);
    else days.push({ day, rows: [row] });
  });
  return days;
}
