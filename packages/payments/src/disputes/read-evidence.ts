import type { EvidenceFile } from '@onfile/db/after-charge.ts';
import type { Row } from '@onfile/db/database.ts';
import type { Evidence } from './evidence-fields.ts';

/** The evidence of a dispute as it stands now. */
export function evidenceOf(dispute: Pick<Row<'disputes'>, 'evidence'>): Evidence {
  return JSON.parse(dispute.evidence) as Evidence;
}

/** What its files are. */
export function filesOf(dispute: Pick<Row<'disputes'>, 'evidenceFiles'>): EvidenceFile[] {
  return JSON.parse(dispute.evidenceFiles ?? '[]') as EvidenceFile[];
}
