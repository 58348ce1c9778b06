import { AppShell } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../api/queries.ts";
import { Answer } from "../design/Answer.tsx";
import { show } from "../i18n/index.ts";
import { firstLanguage } from "../i18n/language.ts";
import { CurrentSession } from "../session/current.ts";
import { Header } from "./Header.tsx";
import { Nav } from "./Nav.tsx";
import css from "./Shell.module.css";

/** The frame around every page: header, sections, and who is signed in. */
export function Shell() {
  const { t } = useTranslation();
  const session = useQuery(queries.session());
  const words = useQuery(queries.vocabulary());
  const [open, menu] = useDisclosure(false);
  const where = useRouterState({ select: (state) => state.location.pathname });
  const account = session.data?.user.locale;
  // biome-ignore lint/correctness/useExhaustiveDependencies: going anywhere closes the menu
  useEffect(() => menu.close(), [where]);
  useEffect(() => {
    if (account) void show(firstLanguage(navigator.languages, account));
  }, [account]);

  return (
    <CurrentSession.Provider value={session.data ?? null}>
      <a className="skip-link" href="#content">
        {t("app.skip")}
      </a>
      <AppShell
        header={{ height: 56 }}
        navbar={{ width: 220, breakpoint: "md", collapsed: { mobile: !open } }}
        padding={{ base: "md", md: "xl" }}
        classNames={{ header: css.header, navbar: css.navbar, main: css.main }}
      >
        <AppShell.Header>
          <Header open={open} toggle={menu.toggle} />
        </AppShell.Header>
        <AppShell.Navbar aria-label={t("nav.label")} component="nav">
          <Nav />
        </AppShell.Navbar>
        <AppShell.Main id="content">
          <Answer of={session}>{() => !words.isPending && <Outlet />}</Answer>
        </AppShell.Main>
      </AppShell>
    </CurrentSession.Provider>
  );
}
