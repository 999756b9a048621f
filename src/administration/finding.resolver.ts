import { Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { refuseUnknownCodes } from '../catalog/code-list';
import { ServiceItem } from '../catalog/item';
import type { Severity } from '../classification/rules';
import { connectionType, ForwardArgs, forwardBounds, forwardPage } from '../lib/connection';
import { fingerprint } from '../lib/cursor';
import { invariant } from '../lib/errors';
import { callerFor } from './classify.request';
import type { AdministrationContext } from './context';
import { Finding, findingKey, SeverityEnum } from './findings';

const FindingConnection = connectionType(() => Finding, 'Finding', 'Where an item breaks a rule.');

@ArgsType()
class FindingArgs extends ForwardArgs {
  @Field(() => [SeverityEnum], { nullable: true, description: 'Only these; an empty list is no condition.' })
  severity?: Severity[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Codes of domains; an unknown one is BAD_USER_INPUT.',
  })
  domain?: string[] | null;
}

@Resolver(() => Finding)
export class FindingResolver {
  @Query(() => FindingConnection, {
    description: 'Where the stored catalog breaks a rule of the modes, worst first. Staff only.',
  })
  async findings(
    @Args(() => FindingArgs) args: FindingArgs,
    @Ctx() context: AdministrationContext,
  ): Promise<InstanceType<typeof FindingConnection>> {
    callerFor('Query.findings', context);
    const { administration, directory } = context;
    const severities = [...new Set(args.severity ?? [])].sort();
    const domains = [...new Set(args.domain ?? [])].sort();
    refuseUnknownCodes(['domain'], args.domain ?? [], (code) => directory.domain(code) !== undefined);
    const list = fingerprint(JSON.stringify(['findings', severities, domains]));
    const bounds = forwardBounds(args, list);
    const chosen = (await administration.findings.all()).filter(
      ({ severity, windowCode }) =>
        (severities.length === 0 || severities.includes(severity)) &&
        (domains.length === 0 || domains.includes(directory.window(windowCode)?.domainCode ?? '')),
    );
    const behind = bounds.after?.key ?? '';
    const from = chosen.findIndex((finding) => findingKey(finding) > behind);
    const read = from < 0 ? [] : chosen.slice(from, from + bounds.size + 1);
    const cursorOf = (finding: Finding) => ({ list, revision: 0, key: findingKey(finding) });
    return new FindingConnection(forwardPage(read, bounds, cursorOf, () => chosen.length));
  }

  @FieldResolver(() => ServiceItem, { description: 'The item that breaks it.' })
  async item(@Root() { itemCode }: Finding, @Ctx() context: AdministrationContext): Promise<ServiceItem> {
    const item = await context.findItem(itemCode);
    invariant(item, `item ${itemCode} of a finding is there`);
    return item;
  }
}
