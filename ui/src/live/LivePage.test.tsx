import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { visit } from "../tests/visit.tsx";

test("the headline says what is withheld beside what is sent", async () => {
  visit("/");
  const messages = within(await screen.findByRole("article", { name: "Messages sent" }));
  expect(messages.getByText("2,391")).toBeDefined();
  expect(messages.getByText("1,269 withheld")).toBeDefined();
});

test("reasons are told in the words of the server, in the language on screen", async () => {
  visit("/");
  expect(await screen.findAllByText("there is no consent for this topic")).not.toHaveLength(0);
  await userEvent.click(screen.getByRole("radio", { name: "RU" }));
  expect(await screen.findAllByText("нет согласия на эту тему")).not.toHaveLength(0);
});

test("generated events are labelled, and the label is explained once", async () => {
  visit("/");
  expect((await screen.findAllByText("generated")).length).toBeGreaterThan(0);
  expect(screen.getAllByText(/Orders, products and prices are real/)).toHaveLength(1);
});

test("without events the page shows how to send the first one to this very address", async () => {
  visit("/", "empty");
  expect(await screen.findByText("No events yet. Send the first one")).toBeDefined();
  expect(screen.getByText(new RegExp(`${window.location.origin}/v1/track`))).toBeDefined();
});

test("when the server goes away the numbers stay and the page says since when", async () => {
  const { to } = visit("/");
  const sent = within(await screen.findByRole("article", { name: "Messages sent" }));
  to("away");
  expect(await screen.findByText(/Hourglass has not answered since/)).toBeDefined();
  expect(sent.getByText("2,391")).toBeDefined();
});

test("a server that never answered is said to be away", async () => {
  visit("/", "away");
  expect(await screen.findByText("Hourglass does not answer")).toBeDefined();
});
