import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from "@tanstack/react-router";
import { RowSkeletons } from "../design/Answer.tsx";
import { LivePage } from "../live/LivePage.tsx";
import { Shell } from "../shell/Shell.tsx";
import { Broken } from "./Broken.tsx";
import { Missing } from "./Missing.tsx";

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing });
const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("../session/SignInPage.tsx"), "SignInPage"),
});
const inside = createRoute({ getParentRoute: () => root, id: "inside", component: Shell });

/** A page inside the shell, fetched when somebody goes there. */
const page = <Path extends string>(path: Path, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => inside, path, component });

const pages = [
  createRoute({ getParentRoute: () => inside, path: "/", component: LivePage }),
  page(
    "/people",
    lazyRouteComponent(() => import("../profiles/PeoplePage.tsx"), "PeoplePage"),
  ),
  page(
    "/people/$id",
    lazyRouteComponent(() => import("../profiles/PersonPage.tsx"), "PersonPage"),
  ),
  page(
    "/segments",
    lazyRouteComponent(() => import("../audience/SegmentsPage.tsx"), "SegmentsPage"),
  ),
  page(
    "/journeys",
    lazyRouteComponent(() => import("../journeys/JourneysPage.tsx"), "JourneysPage"),
  ),
  page(
    "/journeys/$key",
    lazyRouteComponent(() => import("../journeys/JourneyPage.tsx"), "JourneyPage"),
  ),
  page(
    "/tasks",
    lazyRouteComponent(() => import("../tasks/TasksPage.tsx"), "TasksPage"),
  ),
  page(
    "/inbox",
    lazyRouteComponent(() => import("../inbox/InboxPage.tsx"), "InboxPage"),
  ),
  page(
    "/inbox/$id",
    lazyRouteComponent(() => import("../inbox/InboxPage.tsx"), "InboxPage"),
  ),
  page(
    "/dead-letters",
    lazyRouteComponent(() => import("../log/DeadLettersPage.tsx"), "DeadLettersPage"),
  ),
  page(
    "/merge-reviews",
    lazyRouteComponent(() => import("../profiles/MergeReviewsPage.tsx"), "MergeReviewsPage"),
  ),
] as const;

export function makeRouter(history?: RouterHistory) {
  return createRouter({
    history,
    routeTree: root.addChildren([signIn, inside.addChildren(pages)]),
    defaultPreload: "intent",
    defaultPendingComponent: RowSkeletons,
    defaultErrorComponent: Broken,
    scrollRestoration: true,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
