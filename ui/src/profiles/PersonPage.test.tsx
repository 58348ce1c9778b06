import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { visit } from "../tests/visit.tsx";

test("the timeline says of a message that was not sent, why", async () => {
  visit("/people/12345");
  expect(await screen.findByText("Why not sent: the person has had enough messages lately")).toBeDefined();
});

test("the timeline can be narrowed to messages", async () => {
  visit("/people/12345");
  await screen.findByText("Order completed");
  await userEvent.click(screen.getByRole("radio", { name: "Messages" }));
  expect(screen.queryByText("Order completed")).toBeNull();
});

test("older days come on demand", async () => {
  visit("/people/12345");
  const before = (await screen.findAllByText("Order completed")).length;
  await userEvent.click(screen.getByRole("button", { name: "Show more" }));
  expect((await screen.findAllByText("Order completed")).length).toBeGreaterThan(before);
});

test("erasing waits until the person's number was typed", async () => {
  const { calls } = visit("/people/12345");
  await userEvent.click(await screen.findByRole("button", { name: "Erase this person" }));
  const erase = await screen.findByRole("button", { name: "Erase for ever" });
  expect(erase).toHaveProperty("disabled", true);
  await userEvent.type(screen.getByLabelText("Type 12345 to confirm"), "12345");
  await userEvent.click(erase);
  expect(await screen.findByRole("heading", { name: "People" })).toBeDefined();
  expect(calls.filter((each) => each.method === "POST").map((each) => each.path)).toEqual(["/api/people/12345/erase"]);
});

test("a person who is not there is said to be missing, not broken", async () => {
  visit("/people/1");
  expect(await screen.findByText("There is no such thing here.")).toBeDefined();
});

test("a trait that the demo made up says so beside it, not in a list of its own", async () => {
  visit("/people/12345");
  const city = (await screen.findByText("Bristol")).closest("li");
  expect(city?.textContent).toContain("generated");
  expect(screen.queryByText("generated fields")).toBeNull();
  expect(screen.getByText("United Kingdom").closest("li")?.textContent).not.toContain("generated");
});
