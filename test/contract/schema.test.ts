import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildASTSchema,
  DangerousChangeType,
  type DefinitionNode,
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import { projectRoot } from '../../src/lib/project-root';
import { buildSchema, schemaText } from '../../src/schema';
import { notBuilt } from './not-built';

const schema = buildSchema();
const contract = parse(readFileSync(join(projectRoot, 'test/contract/contract.graphql'), 'utf8'));

/** The contract without what is not built yet. */
function builtContract(): GraphQLSchema {
  const absent = new Set(notBuilt);
  const strip = (node: DefinitionNode): DefinitionNode => {
    if (node.kind === Kind.ENUM_TYPE_DEFINITION) {
      return {
        ...node,
        values: (node.values ?? []).filter((value) => !absent.has(`${node.name.value}.${value.name.value}`)),
      };
    }
    if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
      return {
        ...node,
        fields: (node.fields ?? []).filter((field) => !absent.has(`${node.name.value}.${field.name.value}`)),
      };
    }
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      return node;
    const fields = (node.fields ?? [])
      .filter((field) => !absent.has(`${node.name.value}.${field.name.value}`))
      .map((field) => ({
        ...field,
        arguments: (field.arguments ?? []).filter(
          (argument) => !absent.has(`${node.name.value}.${field.name.value}(${argument.name.value}:)`),
        ),
      }));
    return { ...node, fields };
  };
  const definitions = contract.definitions
    .filter((node) => !('name' in node && node.name && absent.has(node.name.value)))
    .map(strip);
  return buildASTSchema({ ...contract, definitions });
}

/** Whether a schema has what a coordinate names. */
function has(coordinate: string): boolean {
  const [, typeName = '', fieldName, argumentName] =
    /^(\w+)(?:\.(\w+))?(?:\((\w+):\))?$/.exec(coordinate) ?? [];
  const type = schema.getType(typeName);
  if (!type || !fieldName) return type !== undefined;
  if (isEnumType(type)) return type.getValue(fieldName) !== undefined;
  if (isInputObjectType(type)) return fieldName in type.getFields();
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  const field = type.getFields()[fieldName];
  return argumentName
    ? (field?.args.some(({ name }) => name === argumentName) ?? false)
    : field !== undefined;
}

describe('the published schema', () => {
  it('is the one in schema/schema.graphql (npm run cli -- schema writes it)', () => {
    expect(schemaText(schema)).toBe(readFileSync(join(projectRoot, 'schema/schema.graphql'), 'utf8'));
  });

  it('breaks nothing of the contract that is built', () => {
    const built = builtContract();
    expect(findBreakingChanges(built, schema)).toEqual([]);
    const changedDefaults = findDangerousChanges(built, schema).filter(
      ({ type }) => type === DangerousChangeType.ARG_DEFAULT_VALUE_CHANGE,
    );
    expect(changedDefaults).toEqual([]);
  });

  it('has nothing of what is listed as not built, and the contract has all of it', () => {
    const whole = buildASTSchema(contract);
    expect(notBuilt.filter(has)).toEqual([]);
    const types = notBuilt.map((coordinate) => coordinate.split('.')[0]!);
    expect(types.filter((name) => !whole.getType(name))).toEqual([]);
  });

  it('describes every type, field, argument and value', () => {
    const bare: string[] = [];
    const look = (coordinate: string, { description }: { description?: string | null | undefined }) => {
      if (!description?.trim()) bare.push(coordinate);
    };
    const lookInside = (owner: string, field: GraphQLField<unknown, unknown>) => {
      look(`${owner}.${field.name}`, field);
      field.args.forEach((argument: GraphQLArgument) =>
        look(`${owner}.${field.name}(${argument.name}:)`, argument),
      );
    };
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    for (const [name, type] of Object.entries(schema.getTypeMap())) {
      if (name.startsWith('__')) continue;
      if (!roots.some((root) => root === type)) look(name, type);
      if (isEnumType(type)) type.getValues().forEach((value) => look(`${name}.${value.name}`, value));
      if (isInputObjectType(type))
        Object.values(type.getFields()).forEach((field) => look(`${name}.${field.name}`, field));
      if (isObjectType(type) || isInterfaceType(type)) {
        Object.values(type.getFields()).forEach((field) => lookInside(name, field));
      }
    }
    expect(bare).toEqual([]);
  });
});
