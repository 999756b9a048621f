/** Operations of the tests that change modes. */

export const classify = `mutation ($input: ClassifyItemsInput!) { classifyItems(input: $input) {
  revision before { mode count } after { mode count } userErrors { code message path rule }
  changes { id revision added removed reason actor proposal { id } item { code version modes } } } }`;

export const preview = `query ($input: ClassifyItemsInput!) { classificationPreview(input: $input) {
  itemCount before { mode count } after { mode count } userErrors { code message path rule } } }`;

const proposal = `proposal { id status reason add remove set { promisedWorkingDays } effectiveOn proposedBy warning
  appliedRevision notAppliedBecause reviews { by role approved comment } items { code modes version } }
  userErrors { code message path rule }`;

export const propose = `mutation ($input: ClassifyItemsInput!, $on: Date) {
  proposeClassification(input: $input, effectiveOn: $on) { ${proposal} } }`;

export const review = `mutation ($id: ID!, $approve: Boolean!, $comment: String!) {
  reviewProposal(input: { id: $id, approve: $approve, comment: $comment }) { ${proposal} } }`;

export const withdraw = `mutation ($id: ID!) { withdrawProposal(id: $id) { ${proposal} } }`;
