import { inTransaction } from '@onfile/db/transaction.ts';
import { Refusal } from '../refusal.ts';
import type { Runtime } from '../runtime.ts';
import type { EvidenceFileField } from './evidence-fields.ts';
import { lockAnswerable } from './lock-answerable.ts';
import { evidenceOf, filesOf } from './read-evidence.ts';
import { sendDraft, writeEvidenceRow } from './save-evidence.ts';
import { mostFileBytes, uploadEvidence } from './upload-evidence.ts';

/** What banks take, by how such a file begins: never by what it is called. */
const kinds = [
  { begins: [0x25, 0x50, 0x44, 0x46], type: 'application/pdf', extension: 'pdf' },
  { begins: [0xff, 0xd8, 0xff], type: 'image/jpeg', extension: 'jpg' },
  { begins: [0x89, 0x50, 0x4e, 0x47], type: 'image/png', extension: 'png' },
];

/**
 * Staff add a file of their own to the evidence; in its field it takes the place of another.
 * @throws Refusal those of the dispute, `file_not_taken`
 */
export async function addFile(
  runtime: Runtime,
  add: {
    disputeId: string;
    staffId: string;
    field: EvidenceFileField;
    filename: string;
    data: Buffer;
  },
): Promise<void> {
  const { data, field } = add;
  const kind = kinds.find(({ begins }) => begins.every((byte, at) => data[at] === byte));
  if (!kind || data.length > mostFileBytes) {
    throw new Refusal('file_not_taken', 'file', { most: '5 MB' });
  }
  const stem = add.filename.replace(/\.[^.]*$/, '').replaceAll(/[^\w -]+/g, '_') || field;
  await inTransaction(runtime.db, (tx) => lockAnswerable(tx, runtime, add.disputeId));
  const file = await uploadEvidence(runtime, {
    field,
    filename: `${stem.slice(0, 80)}.${kind.extension}`,
    data,
    type: kind.type,
  });
  await inTransaction(runtime.db, async (tx) => {
    const dispute = await lockAnswerable(tx, runtime, add.disputeId);
    const others = filesOf(dispute).filter((other) => other.field !== field);
    await writeEvidenceRow(tx, runtime, dispute, {
      evidence: { ...evidenceOf(dispute), [field]: file.stripeFileId },
      evidenceFiles: JSON.stringify([...others, file]),
      staffId: add.staffId,
    });
  });
  await sendDraft(runtime, add.disputeId);
}
