/** What an error says, as far as a row keeps it. */
export function messageOf(error: unknown, mostCharacters = 1_000): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, mostCharacters);
}
