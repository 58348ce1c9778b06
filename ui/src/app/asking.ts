import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/client.ts";

/** One client for all questions: a 401 anywhere leads to the sign-in page, a server that is away is asked again. */
export function askWith(signIn: () => void): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.status === 401) signIn();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        networkMode: "always",
        staleTime: 2_000,
        retry: (failures, error) => error instanceof ApiError && error.away && failures < 1,
        retryDelay: 700,
      },
      mutations: { networkMode: "always" },
    },
  });
}
