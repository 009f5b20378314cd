export interface Shopper {
  userId: string;
  email: string;
  name: string | null;
  /** Whether they have proven, by a code or a mailed link, that the address is theirs. */
  emailVerified: boolean;
}

/** better-auth's user as the rest of the shop knows shoppers. */
export function showShopper(user: {
  id: string;
  email: string;
  name: string;
  emailVerified: boolean;
}): Shopper {
  const { id, email, name, emailVerified } = user;
  return { userId: id, email, name: name || null, emailVerified };
}
