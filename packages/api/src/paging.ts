import { z } from 'zod';

/** Which page of a list, counted from 1. */
export const pageInput = z.strictObject({ page: z.number().int().min(1).max(10_000).default(1) });

export interface Paging {
  page: number;
  pages: number;
  total: number;
}

/** The rows of a page, for a query. */
export function rowsOf(page: number, size: number): { limit: number; offset: number } {
  return { limit: size, offset: (page - 1) * size };
}

/** Where a page stands among all of them; an empty list has one page. */
export function pagingOf(page: number, size: number, total: number): Paging {
  return { page, pages: Math.max(1, Math.ceil(total / size)), total };
}
