import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.css";
import "./design/theme.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App.tsx";
import { startI18n } from "./i18n/index.ts";

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");
await startI18n();
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
