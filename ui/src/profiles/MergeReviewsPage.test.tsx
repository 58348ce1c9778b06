import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { visit } from "../tests/visit.tsx";

test("a merge is asked for by both ends of the pair and can be undone", async () => {
  const { calls } = visit("/merge-reviews");
  await userEvent.click((await screen.findAllByRole("button", { name: "They are one person" }))[0] as HTMLElement);
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  expect(await screen.findByText("Taken back: they are two people again.")).toBeDefined();
  const [decided, undone] = calls.filter((each) => each.method === "POST");
  expect(decided?.path).toMatch(/^\/api\/merge-reviews\/\d+-\d+$/);
  expect(decided?.body).toEqual({ decision: "merge" });
  expect(undone?.path).toBe("/api/merges/undo");
});
