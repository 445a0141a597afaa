/** The walk over a cell's syntax tree that collects its declarations and references. */
import type { CellFacts, Declaration, DeclarationKind, Effects } from "./cellFacts.js";
import { bindPattern } from "./patterns.js";
import { Scope, type Space } from "./scope.js";
import { eachChild, list, type Node, nameOf, optional, rootOf } from "./syntaxTree.js";

/** `call`: a method call whose value is used; `typeof`: named in a type. */
type Action = "use" | "write" | "mutate" | "call" | "typeof";

interface Reference {
  readonly name: string;
  readonly scope: Scope;
  readonly space: Space;
  readonly action: Action;
  /** Inside a function body: happens when that is called. */
  readonly later: boolean;
  /** The top-level names whose declaration this stands in. */
  readonly owners: readonly string[];
}

export interface Place {
  readonly scope: Scope;
  readonly later: boolean;
  readonly owners: readonly string[];
}

interface Visit {
  readonly node: Node;
  readonly place: Place;
}

const FUNCTION_LIKE = new Set([
  "FunctionExpression",
  "ArrowFunctionExpression",
  "TSDeclareFunction",
  "TSEmptyBodyFunctionExpression",
  "TSFunctionType",
  "TSConstructorType",
  "TSCallSignatureDeclaration",
  "TSConstructSignatureDeclaration",
  "TSMethodSignature",
]);

const BLOCKS = new Set([
  "BlockStatement",
  "ForStatement",
  "ForInStatement",
  "ForOfStatement",
  "SwitchStatement",
  "TSConditionalType",
]);

/** What to do at a kind of node; kinds without one have their children visited. */
export type Handler = (analysis: Analysis, node: Node, place: Place) => void;
export type Handlers = Readonly<Record<string, Handler | undefined>>;

export class Analysis {
  readonly #top = new Scope(undefined, true);
  readonly #declared = new Map<string, Declaration>();
  readonly #references: Reference[] = [];
  readonly #modules = new Set<string>();
  readonly #sideEffects = new Set<string>();
  readonly #exported = new Set<string>();

  /** What the running handler wants visited, in source order. */
  readonly #found: Visit[] = [];
  readonly #identifiers: { readonly node: Node; readonly scope: Scope }[] = [];
  /** Set by `declare global` and `declare module`. */
  augments = false;

  constructor(
    readonly handlers: Handlers,
    /** Names that JSX stands for. */
    readonly pragmas: readonly string[],
  ) {}

  program(program: Node): void {
    const place = { scope: this.#top, later: false, owners: [] };
    for (const statement of list(program, "body")) this.visit(statement, place);
    const waiting: Visit[] = [];
    do {
      while (this.#found.length > 0) waiting.push(this.#found.pop() as Visit);
      const next = waiting.pop();
      if (next) this.#visit(next.node, next.place);
    } while (waiting.length > 0 || this.#found.length > 0);
  }

  #visit(node: Node, place: Place): void {
    const handler = this.handlers[node.type];
    if (handler) handler(this, node, place);
    else if (FUNCTION_LIKE.has(node.type)) this.function(node, place);
    else if (BLOCKS.has(node.type)) this.children(node, { ...place, scope: new Scope(place.scope, false) });
    else this.children(node, place);
  }

  /** To be visited once the handler that asks for it is through: no chain of nodes is too long for the stack. */
  visit(node: Node | undefined, place: Place): void {
    if (node) this.#found.push({ node, place });
  }

  children(node: Node, place: Place, skip: readonly string[] = []): void {
    eachChild(node, (below, key) => {
      if (!skip.includes(key)) this.visit(below, place);
    });
  }

  isTop(scope: Scope): boolean {
    return scope === this.#top;
  }

  /** Notes an identifier that binds or names a value. */
  note(node: Node, { scope }: Place): void {
    this.#identifiers.push({ node, scope });
  }

  /** The noted identifiers that mean a name of the cell's top, or of elsewhere. */
  outerIdentifiers(): Node[] {
    const outer = this.#identifiers.filter(({ node, scope }) => {
      const found = scope.find(nameOf(node), "value");
      return !found || this.isTop(found);
    });
    return outer.map(({ node }) => node);
  }

  /** Declares a name; at the top it becomes one of the cell's declarations. */
  declare(
    name: string,
    kind: DeclarationKind,
    scope: Scope,
    spaces: { value: boolean; type: boolean; ambient?: boolean },
  ): void {
    const found: Space[] = [];
    if (spaces.value || spaces.ambient) found.push("value");
    if (spaces.type) found.push("type");
    scope.declare(name, ...found);
    if (!this.isTop(scope)) return;
    const before = this.#declared.get(name);
    const value = spaces.value || (before?.value ?? false);
    const type = spaces.type || (before?.type ?? false);
    // Of merged declarations (class + interface, function + namespace) the one with a value gives the kind.
    this.#declared.set(name, { name, kind: before?.value ? before.kind : kind, value, type });
  }

  refer(name: string, place: Place, space: Space = "value", action: Action = "use"): void {
    this.#references.push({ name, space, action, ...place });
  }

  module(name: string, sideEffectOnly = false): void {
    this.#modules.add(name);
    if (sideEffectOnly) this.#sideEffects.add(name);
  }

  /** A method call on `name`: its value is used, or thrown away, which means it was called for its effect. */
  call(name: string, place: Place, discarded: boolean): void {
    this.refer(name, place, "value", discarded ? "mutate" : "call");
  }

  /** `typeof x` in a type: names a value, but nothing runs. */
  typeQuery(name: string, place: Place): void {
    this.refer(name, place, "value", "typeof");
  }

  exportName(name: string): void {
    this.#exported.add(name);
  }

  /** Parameters, return type and body of anything that is called. */
  function(node: Node, place: Place): void {
    const scope = new Scope(place.scope, true);
    const inside: Place = { scope, later: true, owners: place.owners };
    const id = optional(node, "id");
    if (id && node.type === "FunctionExpression") scope.declare(nameOf(id), "value");
    this.visit(optional(node, "typeParameters"), inside);
    for (const parameter of list(node, "params"))
      bindPattern(this, parameter, inside, (name) => scope.declare(name, "value"));
    this.visit(optional(node, "returnType"), inside);
    const body = optional(node, "body");
    // The body shares the parameters' scope: no name of one may be free in the other.
    if (body?.type === "BlockStatement") this.children(body, inside);
    else this.visit(body, inside);
  }

  /** Notes that the object at the root of `x.y[0]!.z` may change. */
  mutate(node: Node, place: Place): void {
    const root = rootOf(node);
    if (root) this.refer(nameOf(root), place, "value", "mutate");
  }

  facts(): CellFacts {
    const free = this.#references.filter(({ name, scope, space }) => !scope.find(name, space));
    const ofCell = this.#references.filter(({ name, scope, space }) => {
      const found = scope.find(name, space);
      return !found || this.isTop(found);
    });
    const values = free.filter((r) => r.space === "value" && r.action !== "typeof");
    const usesNow = namesOf(values, (r) => !r.later && r.action !== "write");
    const usesTypes = namesOf(free, (r) => r.space === "type" || r.action === "typeof");
    return {
      declares: [...this.#declared.values()].map((declaration) => this.#withEffects(declaration, ofCell)),
      usesNow,
      usesLater: namesOf(values, (r) => r.later && r.action !== "write").filter(
        (name) => !usesNow.includes(name),
      ),
      usesTypes,
      writes: namesOf(values, (r) => !r.later && r.action === "write"),
      writesLater: namesOf(values, (r) => r.later && r.action === "write"),
      mutates: namesOf(ofCell, (r) => !r.later && r.action === "mutate"),
      mayMutate: namesOf(ofCell, (r) => !r.later && r.action === "call"),
      runsNow: namesOf(ofCell, (r) => !r.later && r.action === "use" && r.space === "value"),
      sideEffectImports: [...this.#sideEffects],
      modules: [...this.#modules],
      augments: this.augments,
      exported: [...this.#exported],
    };
  }

  #withEffects(declaration: Declaration, ofCell: Reference[]): Declaration {
    const own = ofCell.filter((r) => r.later && r.space === "value" && r.owners.includes(declaration.name));
    if (own.length === 0) return declaration;
    const effects: Effects = {
      uses: namesOf(own, (r) => r.action === "use"),
      writes: namesOf(own, (r) => r.action === "write"),
      mutates: namesOf(own, (r) => r.action === "mutate"),
      mayMutate: namesOf(own, (r) => r.action === "call"),
    };
    return { ...declaration, effects };
  }
}

function namesOf(references: readonly Reference[], test: (reference: Reference) => boolean): string[] {
  return [...new Set(references.filter(test).map((reference) => reference.name))];
}
