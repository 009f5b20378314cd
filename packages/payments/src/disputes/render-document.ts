import { createRequire } from 'node:module';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import type { EvidenceDocument } from './evidence-documents.ts';

const require = createRequire(import.meta.url);
/** A font of our own: the ones that are part of PDF write no more than Western European letters. */
const fonts = {
  regular: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};

/** A document as a PDF on A4, which is what banks take besides pictures. */
export function renderDocument(document: EvidenceDocument): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4', margin: 56, info: { Title: document.title } });
  pdf.font(fonts.bold).fontSize(16).text(document.title).moveDown();
  pdf.fontSize(10);
  if (document.intro) pdf.font(fonts.regular).text(document.intro).moveDown();
  for (const { name, value } of document.facts) {
    pdf.font(fonts.bold).text(name);
    pdf.font(fonts.regular).text(value).moveDown(0.5);
  }
  for (const { heading, text } of document.sections) {
    pdf.moveDown(0.5).font(fonts.bold).text(heading);
    pdf.font(fonts.regular).text(text).moveDown(0.5);
  }
  pdf.end();
  return buffer(pdf);
}
