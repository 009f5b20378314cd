import type { EvidenceFile } from '@onfile/db/after-charge.ts';
import type { Runtime } from '../runtime.ts';
import type { EvidenceFileField } from './evidence-fields.ts';

/** Stripe's limit for a file of evidence. */
export const mostFileBytes = 5 * 1024 * 1024;

/**
 * Uploads a file to Stripe. It belongs to nothing until a dispute names it, so the call needs no row
 * of its own: lost by a crash, the file stays unused.
 */
export async function uploadEvidence(
  runtime: Runtime,
  file: { field: EvidenceFileField; filename: string; data: Buffer; type: string },
): Promise<EvidenceFile> {
  const { field, filename, data, type } = file;
  const uploaded = await runtime.stripe.files.create({
    purpose: 'dispute_evidence',
    file: { name: filename, data, type },
  });
  return { field, stripeFileId: uploaded.id, filename, sizeBytes: data.length };
}
