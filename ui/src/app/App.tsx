import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { type RouterHistory, RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { theme, variables } from "../design/theme.ts";
import { askWith } from "./asking.ts";
import { makeRouter } from "./routes.tsx";

/** The admin: look, questions to the server, pages. */
export function App({ history }: { history?: RouterHistory }) {
  const [router] = useState(() => makeRouter(history));
  const [asking] = useState(() => askWith(() => void router.navigate({ to: "/sign-in", replace: true })));
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={asking}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
