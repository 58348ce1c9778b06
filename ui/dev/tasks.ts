import type { JourneyAlert, Task } from "../src/api/types.ts";
import { ago, PEOPLE } from "./shop.ts";

const task = (id: number, title: string, assignee: string | null, due: number | null): Task => ({
  id,
  run_id: 900 + id,
  title,
  assignee,
  journey: "win-back",
  profile_id: PEOPLE[id]?.id ?? 0,
  person: PEOPLE[id]?.name ?? null,
  created_at: ago(90_000 + id * 600),
  due_at: due === null ? null : ago(due),
  done_at: null,
  done_by: null,
});
let list: Task[] = [
  task(1, "Call: no order for 90 days, spent £4,310 before", "vip", 5_400),
  task(2, "Put a handwritten card into the next parcel", "warehouse", -86_400),
  task(3, "Answer the unhappy review", "vip", null),
];

export const tasks = (done: boolean): Task[] => list.filter((each) => (each.done_at !== null) === done);
export const take = (id: number): Task | null => change(id, { assignee: "Owner" });
export const finish = (id: number): Task | null => change(id, { done_at: ago(0), done_by: "Owner" });

function change(id: number, by: Partial<Task>): Task | null {
  list = list.map((each) => (each.id === id ? { ...each, ...by } : each));
  return list.find((each) => each.id === id) ?? null;
}

let said: JourneyAlert[] = [
  {
    id: 1,
    journey: "win-back",
    step: "steps[2]",
    words: {
      en: "No promo codes are left in “come-back”.",
      ru: "В пуле «come-back» закончились промокоды.",
    },
    times: 3,
    first_at: ago(8_000),
    last_at: ago(600),
    profile_id: 12_345,
  },
];

export const alerts = (): JourneyAlert[] => said;
export function seen(id: number): void {
  said = said.filter((each) => each.id !== id);
}
