"""All that differs by series of Odoo: each function names the series first.

What is there is asked for, and no number of a version.
"""

import ast
import inspect
import json
from collections.abc import Collection
from contextlib import contextmanager, nullcontext
from copy import copy

from lxml import etree
from lxml.builder import E

import odoo.api
import odoo.http
import odoo.modules.module
import odoo.modules.registry
import odoo.service.model
import odoo.tools.translate
from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError
from odoo.tools.safe_eval import safe_eval

from odoo.addons.base.models import ir_http, res_users

# Up to 18.0 ``check()`` of the class of users, from 19.0 a method of records
CHECKS_PASSWORDS_BY_CLASS = hasattr(getattr(res_users, "Users", None), "check")

# Up to 16.0 views say what is hidden where; in 17.0, fields have the word still
STATES_ARE_IN_VIEWS = hasattr(fields.Field, "_description_states")

# From 16.0 ``_post_dispatch()`` of ``ir.http`` gets the answer of each route
DISPATCH_RETURNS_THE_ANSWER = not hasattr(ir_http.IrHttp, "_post_dispatch")

try:  # from 16.0
    from odoo.tools.query import Query
except ImportError:
    from odoo.osv.query import Query

if hasattr(fields, "Domain"):
    _domains = fields.Domain
else:
    from odoo.osv import expression as _domains

# ------------------------------------------------------------
# ORM
# ------------------------------------------------------------


def manage_environments():
    """Up to 14.0 environments are kept by thread, from 15.0 by cursor.

    :return: context manager of what makes environments after a request has ended
    """
    if hasattr(odoo.api, "Environments"):
        return odoo.api.Environment.manage()
    return nullcontext()


def flush(records):
    """From 16.0 ``flush_recordset()``, before ``flush()``: write what is pending.

    :param odoo.models.Model records: of one model
    """
    (getattr(records, "flush_recordset", None) or records.flush)()


def flush_all(env):
    """From 16.0 ``Environment.flush_all()``, before ``flush()`` of any model.

    :param odoo.api.Environment env: whose pending changes are written
    """
    (getattr(env, "flush_all", None) or env["base"].flush)()


def forget_pending(env):
    """Up to 14.0, environments of all cursors share what is still to be written.

    It is not to be written by another cursor, once the request that it is of failed.

    :param odoo.api.Environment env: of the request
    """
    if hasattr(odoo.api, "Environments"):
        env.all.towrite.clear()
        env.all.tocompute.clear()


def invalidate(records, names=None):
    """From 16.0 ``invalidate_recordset()``, before ``invalidate_cache()``.

    :param odoo.models.Model records: that were changed by other ways than the ORM
    :param list names: of fields; all, if not given
    """
    if hasattr(records, "invalidate_recordset"):
        records.invalidate_recordset(names)
    else:
        records.invalidate_cache(names, records.ids)


def clear_caches(registry):
    """From 17.0 ``clear_cache()``, before ``clear_caches()``: of all workers.

    :param odoo.modules.registry.Registry registry: whose methods remember results
    """
    (getattr(registry, "clear_cache", None) or registry.clear_caches)()


# From 17.0, as a view changes, Odoo forgets what is in the cache of views alone.
_CACHES = getattr(odoo.modules.registry, "_CACHES_BY_KEY", ())
CACHE_OF_VIEWS = {"cache": "templates"} if "templates" in _CACHES else {}


def translate_code(env, addon, text):
    """From 16.0 code is translated by files, before by records of ``ir.translation``.

    :param odoo.api.Environment env: whose language counts
    :param str addon: whose code has the text
    :param str text: in English
    :rtype: str
    """
    if not text or not env.lang or env.lang == "en_US":
        return text
    translations = getattr(odoo.tools.translate, "code_translations", None)
    if translations:
        terms = translations.get_python_translations(addon, env.lang)
        return terms.get(text) or text
    return env["ir.translation"]._get_source(None, ("code",), env.lang, text) or text


def find_xmlid(env, xmlid):
    """From 15.0 ``_xmlid_to_res_id()``, before ``xmlid_to_res_id()``; both remember it.

    :param str xmlid: such as ``base.group_user``
    :return: the id of its record, or a falsy value
    """
    data = env["ir.model.data"]
    return (getattr(data, "_xmlid_to_res_id", None) or data.xmlid_to_res_id)(xmlid)


def select(cr, query, columns):
    """Select columns of a query, in any series.

    :param odoo.osv.query.Query query: of any model
    :param list columns: in SQL, of the model's own names
    :return: rows
    :rtype: list of tuple
    """
    cr.execute(*make_select(query, columns))
    return cr.fetchall()


def get_column(model, name, query):
    """From 17.0 ``_field_to_sql()``, before ``_inherits_join_calc()``.

    :param odoo.models.Model model: whose context has the language
    :param str name: of a field that is stored
    :param odoo.osv.query.Query query: of the model, to which translations are added
    :return: what :func:`select` takes
    """
    get_sql = getattr(model, "_field_to_sql", None) or model._inherits_join_calc
    return get_sql(model._table, name, query)


def flush_fields(model, names):
    """From 16.0 ``flush_model()``, before ``flush()``: write what is pending of some.

    :param odoo.models.Model model: that has the fields
    :param list names: of fields
    """
    (getattr(model, "flush_model", None) or model.flush)(names)


def make_select(query, columns):
    """From 17.0 ``Query.select()`` gives one object, before SQL and its parameters.

    :param odoo.osv.query.Query query: of any model
    :param list columns: in SQL, of the model's own names
    :return: SQL and its parameters
    :rtype: (str, list)
    """
    statement = query.select(*columns)
    if isinstance(statement, tuple):
        return statement
    return statement.code, list(statement.params)


def add_constraints(**constraints):
    """From 19.0 a ``Constraint`` each, before one list: what PostgreSQL checks.

    :param constraints: what it checks, and the message where it refuses, by their names
    :return: decorator of the class of a model
    """

    def decorate(cls):
        if not hasattr(models, "Constraint"):
            cls._sql_constraints = [(name, *each) for name, each in constraints.items()]
            return cls
        for name, each in constraints.items():
            constraint = models.Constraint(*each)
            setattr(cls, f"_{name}", constraint)
            constraint.__set_name__(cls, f"_{name}")
        return cls

    return decorate


def get_constraint_message(model, name):
    """From 19.0 of ``_table_objects``, before of ``_sql_constraints``; untranslated.

    :param odoo.models.Model model: that PostgreSQL refused to write
    :param str name: of the constraint, in PostgreSQL
    :rtype: str, or None where the constraint is not the model's
    """
    if hasattr(model, "_table_objects"):
        constraint = model._table_objects.get(name)
        return constraint and constraint.get_error_message(model)
    for own_name, _definition, message in model._sql_constraints:
        if f"{model._table}_{own_name}" == name:
            return str(message)
    return None


def join_and(domains):
    """From 19.0 ``Domain``, before ``expression``: what all domains find.

    :param domains: iterable of lists
    :rtype: list
    """
    return list(_domains.AND(domains))


def join_or(domains):
    """From 19.0 ``Domain``, before ``expression``: what any of the domains finds.

    :param domains: iterable of lists
    :rtype: list
    """
    return list(_domains.OR(domains))


def is_collection(value):
    """From 19.0 search methods get any collection, before that lists and tuples.

    :param value: that a field is compared with
    :rtype: bool
    """
    return isinstance(value, Collection) and not isinstance(value, (str, Query))


def is_computed(model):
    """From 18.0 ``_table_query`` may be ``"0"``: no table has the records of a model.

    They are made up as others are read, and can't be searched; ids may be texts.

    :param odoo.models.Model model: any
    :rtype: bool
    """
    return getattr(type(model), "_table_query", None) == "0"


def is_automatic(field):
    """Up to 18.0 ``Field.automatic``: of all models, and written by Odoo.

    :param odoo.fields.Field field: of a model
    :rtype: bool
    """
    return getattr(field, "automatic", field.name in models.MAGIC_COLUMNS)


def in_test_mode(registry):
    """Up to 18.0 the registry knows of a test, from 19.0 the module of modules.

    :param odoo.modules.registry.Registry registry: whose cursors may be a test's
    :rtype: bool
    """
    if hasattr(registry, "in_test_mode"):
        return registry.in_test_mode()
    return bool(odoo.modules.module.current_test)


def has_access(model, operation):
    """From 18.0 ``has_access()``, before ``check_access_rights()``.

    :param odoo.models.Model model: an empty recordset
    :param str operation: ``read``, ``write``, ``create`` or ``unlink``
    :rtype: bool
    """
    if hasattr(model, "has_access"):
        return model.has_access(operation)
    return model.check_access_rights(operation, raise_exception=False)


def check_access(model, operation):
    """From 18.0 ``check_access()``, before ``check_access_rights()``.

    :param odoo.models.Model model: an empty recordset
    :param str operation: ``read``, ``write``, ``create`` or ``unlink``
    :raise odoo.exceptions.AccessError: the current user has no right to it
    """
    (getattr(model, "check_access", None) or model.check_access_rights)(operation)


def check_readable(model, names):
    """From 19.0 ``_has_field_access()``, before ``check_field_access_rights()``.

    :param odoo.models.Model model: empty recordset
    :param list names: of fields
    :return: those that the model gives to the current user
    :rtype: list of str
    :raise odoo.exceptions.AccessError: it refuses one of them, up to 18.0
    """
    if hasattr(models.BaseModel, "_has_field_access"):
        known = model._fields
        return [n for n in names if model._has_field_access(known[n], "read")]
    return model.check_field_access_rights("read", names) if names else []


def is_in_groups(model, field):
    """From 19.0 ``_has_field_access()``, in 18.0 ``is_accessible()``, before neither.

    :param odoo.models.Model model: that has the field
    :param odoo.fields.Field field: of anybody, or of some groups
    :return: whether the current user is in one of these
    :rtype: bool
    """
    if hasattr(models.BaseModel, "_has_field_access"):
        return model._has_field_access(field, "read")
    if hasattr(field, "is_accessible"):
        return field.is_accessible(model.env)
    groups = not model.env.su and field.groups
    return not groups or model.user_has_groups(groups)


def is_editable(field):
    """Up to 16.0, ``states`` make a field that is read-only editable in some of them.

    :param odoo.fields.Field field: of a model
    :rtype: bool
    """
    states = getattr(field, "states", None) or {}
    changes = [change for changes in states.values() for change in changes]
    return not field.readonly or ("readonly", False) in map(tuple, changes)


def is_public_method(model, name):
    """From 18.0 ``get_public_method()``, before ``check_method_name()``.

    From 18.0 methods may be declared private, whatever their names.

    :param odoo.models.Model model: an empty recordset
    :param str name: of a method
    :return: whether RPC, and so a button, may call it
    :rtype: bool
    """
    get_public_method = getattr(odoo.service.model, "get_public_method", None)
    try:
        if get_public_method:
            return callable(get_public_method(model, name))
        models.check_method_name(name)
    except (AccessError, AttributeError):
        return False
    return callable(getattr(type(model), name, None))


def get_form_arch(model, view_id=None):
    """From 16.0 ``get_view()``, before ``fields_view_get()``: as a user sees a form.

    :param odoo.models.Model model: an empty recordset
    :param int view_id: of the form, the model's first if not given
    :rtype: lxml.etree._Element
    """
    get_view = getattr(model, "get_view", None) or model.fields_view_get
    return etree.fromstring(get_view(view_id=view_id or None, view_type="form")["arch"])


def get_modifier(node, name):
    """From 17.0 attributes have conditions, before ``modifiers`` had domains.

    :param lxml.etree._Element node: of :func:`get_form_arch`
    :param str name: ``invisible``, ``readonly`` or ``required``
    :return: always or never, a condition for :func:`holds`, or None: the field says
    :rtype: bool, list, str or None
    """
    if "modifiers" in node.attrib:
        return json.loads(node.get("modifiers")).get(name, False)
    value = node.get(name)
    known = {"1": True, "true": True, "0": False, "false": False}
    return known.get((value or "").lower(), value)


def holds(condition, record):
    """From 17.0 a condition of a form is an expression, before it was a domain.

    :param condition: of :func:`get_modifier`
    :param odoo.models.Model record: with the values of the form
    :rtype: bool
    """
    if not isinstance(condition, (str, list)):
        return bool(condition)
    if isinstance(condition, list):
        return bool(record.filtered_domain([*map(_to_leaf, condition)]))
    names = {
        n.id for n in ast.walk(ast.parse(condition, mode="eval")) if hasattr(n, "id")
    }
    known = {n: _to_condition(record, n) for n in names if n in record._fields}
    known.update(context=dict(record.env.context), uid=record.env.uid)
    return bool(safe_eval(condition, known))


def _to_leaf(leaf):
    return tuple(leaf) if isinstance(leaf, list) else leaf


def _to_condition(record, name):
    """Return a value as the web client has it for its conditions."""
    field, value = record._fields[name], record[name]
    if field.relational:
        ids = value._origin.ids
        return ids if field.type != "many2one" else ids and ids[0]
    if field.type in ("date", "datetime"):
        return value and field.to_string(value)
    return value


def fill_form(model, names, values, changed=()):
    """From 17.0 ``onchange()`` takes a specification, before a string of each field.

    :param odoo.models.Model model: an empty recordset
    :param names: of the fields of the form
    :param dict values: of the form
    :param changed: names of those that a user changed; none where the form is opened
    :return: what a form fills in, as it is sent to clients of that series
    :rtype: dict
    """
    is_specified = "fields_spec" in inspect.signature(model.onchange).parameters
    spec = {name: {} if is_specified else "1" for name in names}
    return model.onchange(values, list(changed), spec).get("value", {})


def render_report(report, kind, ids):
    """From 16.0 a report is named when it is rendered, before it was ``self``.

    :param report: record of ``ir.actions.report``
    :param str kind: of what it is rendered as, such as ``qweb_pdf``
    :param list ids: of the records to render
    :rtype: bytes
    """
    render = getattr(report, f"_render_{kind}")
    is_named = "report_ref" in inspect.signature(render).parameters
    return render(*([report.id] if is_named else []), ids)[0]


def get_related_path(field):
    """From 16.0 a text, before a tuple: the names that a related field leads along.

    :param odoo.fields.Field field: that is related
    :rtype: list of str
    """
    path = field.related
    return path.split(".") if isinstance(path, str) else list(path)


def get_depends(model, field):
    """From 15.0 in the registry, before on the field: what it is computed of.

    :param odoo.models.Model model: that has the field
    :param odoo.fields.Field field: that is computed
    :return: paths of fields, with dots between their names
    :rtype: iterable of str
    """
    depends = getattr(model.pool, "field_depends", None)
    return field.depends if depends is None else depends[field]


def get_link_domain(field, env):
    """From 19.0 ``get_comodel_domain()``, before ``get_domain_list()``.

    :param odoo.fields.Field field: that links many records
    :return: the domain in which the linked records are
    :rtype: list
    """
    model = env[field.model_name]
    if hasattr(field, "get_comodel_domain"):
        return list(field.get_comodel_domain(model))
    return field.get_domain_list(model)


def search_linked(field, comodel, domain):
    """From 19.0 many2many fields read what ``_search()`` finds, before what rules let.

    :param odoo.fields.Field field: that links many records
    :param odoo.models.Model comodel: whose records it links
    :param list domain: in which they are
    :rtype: odoo.tools.query.Query, or list of int
    """
    if field.type != "many2many" or not hasattr(comodel, "_where_calc"):
        return comodel._search(domain, order="id")
    if not hasattr(comodel, "has_access"):  # from 18.0 the query says what it needs
        comodel._flush_search(domain)
    query = comodel._where_calc(domain)
    comodel._apply_ir_rules(query, "read")
    return query


def is_pending(found):
    """From 16.0 ``_ids``, before ``_result``: whether this is a query yet to be run.

    Conditions can be added to it, and its columns chosen.

    :param found: what ``_search()`` of any model returned, a query or ids
    :rtype: bool
    """
    if not hasattr(found, "add_where"):
        return False
    return "_result" not in vars(found) and getattr(found, "_ids", None) is None


PROPERTY_COLUMNS = {
    "boolean": "value_integer",
    "date": "value_datetime",
    "datetime": "value_datetime",
    "float": "value_float",
    "integer": "value_integer",
    "many2one": "value_reference",
}


def get_company_values(model, field):
    """Up to 17.0 in ``ir.property``, from 18.0 in a column: values of a company.

    They are what reading the field gives, of whichever record, but for links, of which
    they are the ids.

    :param odoo.models.Model model: whose company and no other counts
    :param odoo.fields.Field field: of the model, that depends on the company
    :return: values by the ids of records, and the value of all others
    :rtype: (dict, object)
    """
    column = PROPERTY_COLUMNS.get(field.type, "value_text")
    properties = model.env["ir.property"].sudo()
    definition = model.env["ir.model.fields"]._get(field.model_name, field.name)
    company = model.env.company.id
    domain = [("fields_id", "=", definition.id), ("company_id", "in", (company, False))]
    rows = properties.search(domain, order="company_id desc, id").read(
        ["res_id", column], load=None
    )
    links = set()
    for row in rows:
        value = row[column]
        if field.type == "many2one":
            value = int(value.partition(",")[2]) if value else False
            links.add(value)
        elif field.type == "date":
            value = value and value.date()
        row["value"] = value
    if field.type == "many2one":
        comodel = model.env[field.comodel_name].sudo()
        links = set(comodel.browse(links - {False}).exists().ids)
    values = {}
    for row in rows:  # those of the company come last, as NULL comes first
        value = row["value"]
        if field.type == "many2one" and value not in links:
            value = False
        values[row["res_id"]] = value
    default = values.pop(False, False)
    return {int(key.partition(",")[2]): values[key] for key in values}, default


def reads_only(cr):
    """From 18.0, a cursor may be read-only, and may be one of a replica.

    :param odoo.sql_db.BaseCursor cr: of a request
    :rtype: bool
    """
    return getattr(cr, "readonly", False)


def may_write_beside(env):
    """From 18.0, no cursor of a test can write beside one that is read-only.

    :param odoo.api.Environment env: of a request
    :rtype: bool
    """
    return not (reads_only(env.cr) and in_test_mode(env.registry))


def get_cursor(hook_argument):
    """From 17.0 an environment, before a cursor: what Odoo gives to hooks of addons.

    :rtype: odoo.sql_db.BaseCursor
    """
    return getattr(hook_argument, "cr", hook_argument)


# ------------------------------------------------------------
# Groups
# ------------------------------------------------------------


def add_to_group(user, group):
    """From 19.0 ``group_ids``, before ``groups_id``: make a user a member of a group.

    :param user: record of ``res.users``
    :param group: record of ``res.groups``
    """
    user.write({get_groups_field(user): [(4, group.id)]})


def remove_from_group(user, group):
    """From 19.0 ``group_ids``, before ``groups_id``: undo :func:`add_to_group`.

    :param user: record of ``res.users``
    :param group: record of ``res.groups``
    """
    user.write({get_groups_field(user): [(3, group.id)]})


def get_groups_field(record):
    """From 19.0 ``group_ids``, before ``groups_id``: of a user, or an action.

    :param record: such as of ``res.users``
    :rtype: str
    """
    return "group_ids" if "group_ids" in record._fields else "groups_id"


def is_for_user(action, user):
    """From 19.0 ``all_group_ids``, before ``groups_id``: the groups that a user is in.

    :param action: record of an action, in superuser mode, such as ``ir.actions.report``
    :param user: record of ``res.users``
    :return: whether the user may use the action: it names no groups, or one of theirs
    :rtype: bool
    """
    groups = action[get_groups_field(action)]
    name = "all_group_ids" if "all_group_ids" in user._fields else "groups_id"
    return not groups or bool(groups & user.sudo()[name])


def hide_group(group):
    """Up to 18.0 by a category, from 19.0 as it has no privilege: a technical group.

    :param group: record of ``res.groups``
    """
    if "category_id" in group._fields:
        group.category_id = group.env.ref("base.module_category_hidden")


def find_implying_groups(env, group_id):
    """Up to 18.0 users are stored as members of implied groups too, from 19.0 not.

    :param int group_id: of a group
    :return: ids of the groups that are stored with users who are members of that one
    :rtype: tuple
    """
    groups = env["res.groups"]
    if "all_user_ids" not in groups._fields:
        return (group_id,)
    # Whoever is first to ask has Odoo compute them, which takes a user.
    transaction = env.transaction
    default_env = transaction.default_env
    try:
        definitions = groups.with_user(SUPERUSER_ID)._get_group_definitions()
    finally:
        transaction.default_env = default_env
    return (group_id, *definitions.get_subset_ids([group_id]))


# ------------------------------------------------------------
# Requests and logins
# ------------------------------------------------------------


def set_user(request, user_id, context):
    """From 16.0 ``Request.update_env()``, before two attributes.

    :param odoo.http.Request request: that goes on as that user
    :param dict context: of the user, and of nobody before
    """
    if hasattr(request, "update_env"):
        request.update_env(user=user_id, context=context)
    else:
        request.uid, request.context = user_id, context


def update_context(request, **values):
    """From 16.0 ``Request.update_context()``, before an attribute.

    :param values: what the context gets
    """
    if hasattr(request, "update_context"):
        request.update_context(**values)
    else:
        request.context = dict(request.context, **values)


def copy_request(request):
    """Copy a request, for what goes on when Odoo is done with it.

    :param odoo.http.Request request: that is served
    """
    return copy(request._get_current_object())


@contextmanager
def push_request(request):
    """Make a request the current one, once Odoo is done with it.

    :param odoo.http.Request request: of :func:`copy_request`
    """
    with manage_environments():
        odoo.http._request_stack.push(request)
        try:
            yield
        finally:
            odoo.http._request_stack.pop()


def set_environment(request, cr, user_id, context):
    """From 16.0 ``Request.env``, before what it is made of.

    :param odoo.http.Request request: of :func:`copy_request`
    :param odoo.sql_db.BaseCursor cr: in which it goes on
    :param dict context: of the user
    """
    if hasattr(request, "update_env"):
        request.env = odoo.api.Environment(cr, user_id, context)
    else:
        request.disable_db, request._cr, request._env = False, cr, None
        request.uid, request.context = user_id, context


def find_language(env):
    """Up to 17.0 the user looks it up, from 18.0 Odoo itself: remember the language.

    Texts are translated before it is known whose request it is. Nobody may look it up,
    and to say so is to translate once more, without end. In 17.0, neither may a program
    that is of no kind of users: whoever asks first has to be Odoo.

    :param odoo.api.Environment env: of a request, of whoever it is
    """
    languages = env["res.lang"].sudo()
    languages.get_installed()
    code = env.context.get("lang")
    if code and hasattr(languages, "_lang_get_id"):
        language = languages.browse(languages._lang_get_id(code))
        if language and hasattr(language, "_get_cached"):
            language._get_cached("code")


def settle_language(request):
    """From 18.0 to translate to a language that is not installed is an error.

    A request has that of ``Accept-Language`` until Odoo knows who calls, if it is
    installed or not, and what refuses it is translated before.

    :param odoo.http.Request request: whose language is English if not an installed one
    """
    if hasattr(request, "update_context"):
        installed = dict(request.env["res.lang"].sudo().get_installed())
        if request.env.context.get("lang") not in installed:
            request.update_context(lang="en_US")


def takes_options(endpoint):
    """From 16.0 Odoo has every route take ``OPTIONS``: whether this one says so itself.

    :param endpoint: of a routing rule
    :rtype: bool
    """
    routing = endpoint.routing
    declared = getattr(endpoint, "original_routing", routing).get("methods")
    by_itself = declared is not None and "OPTIONS" in declared
    return by_itself or bool(routing.get("cors")) or routing["methods"] is None


def forget_in_session(session, key):
    """From 16.0 ``is_dirty``, before ``modified``: a key goes, which is not saved.

    :param session: of the web
    :param str key: of what is in it
    """
    flag = "is_dirty" if hasattr(type(session), "is_dirty") else "modified"
    is_modified = getattr(session, flag, False)
    session.pop(key, None)
    setattr(session, flag, is_modified)


def finalize_session(request):
    """From 16.0 ``finalize()`` takes the environment: log in whom a session names.

    :param odoo.http.Request request: whose session has a ``pre_uid``
    """
    if "env" in inspect.signature(request.session.finalize).parameters:
        request.session.finalize(request.env)
    else:
        request.session.finalize()
        request.session.pop("pre_login")


def authenticate(users, login, password):
    """From 18.0 a dictionary goes in and out of ``authenticate()``; from 19.0 no
    database goes in.

    :param users: empty recordset of ``res.users``
    :return: the id of the user
    :rtype: int
    :raise odoo.exceptions.AccessDenied: the credentials are wrong
    """
    parameters = inspect.signature(users.authenticate).parameters
    credential = (login, password)
    if "credential" in parameters:
        credential = ({"type": "password", "login": login, "password": password},)
    database = (users.env.cr.dbname,) if "db" in parameters else ()
    result = users.authenticate(*database, *credential, {"interactive": True})
    return result["uid"] if isinstance(result, dict) else result


def check_password(users, user_id, password):
    """From 19.0 ``_check_uid_passwd()``, before ``check()``: as RPC does.

    :param users: empty recordset of ``res.users``
    :raise odoo.exceptions.AccessDenied: it is not the user's
    """
    if CHECKS_PASSWORDS_BY_CLASS:
        type(users).check(users.env.cr.dbname, user_id, password)
    else:
        users._check_uid_passwd(user_id, password)


def get_password(credential):
    """From 18.0 a dictionary, before a password: what ``_check_credentials()`` gets.

    :rtype: str, or None where it is of another kind
    """
    is_dict = isinstance(credential, dict)
    return credential.get("password") if is_dict else credential


def make_login_answer(credential, user_id):
    """From 18.0 a dictionary, before nothing: what ``_check_credentials()`` returns.

    :param credential: that it got
    :param int user_id: of the user whose credential it is
    """
    if isinstance(credential, dict):
        return {"uid": user_id, "auth_method": "apikey", "mfa": "default"}
    return None


def add_self_readable_fields(users, *names):
    """From 16.0 a property, before a list: what users may read of their own record.

    :param users: of the registry's class of ``res.users``
    :param names: of fields
    """
    missing = [name for name in names if name not in users.SELF_READABLE_FIELDS]
    if missing:
        type(users).SELF_READABLE_FIELDS = [*users.SELF_READABLE_FIELDS, *missing]


# ------------------------------------------------------------
# Views
# ------------------------------------------------------------


class FormViewMixin:
    """Up to 15.0 ``_fields_view_get()``, from 16.0 ``_get_view()``: what a form shows.

    Conditions in XML would be for some series alone: a model that overrides
    :meth:`_get_button_conditions` or :meth:`_get_field_conditions` has them added.
    """

    __slots__ = ()  # as Odoo's models

    def _fields_view_get(self, view_id=None, view_type="form", **options):
        result = super()._fields_view_get(view_id, view_type, **options)
        if view_type == "form":
            arch = etree.fromstring(result["arch"])
            self._add_conditions(arch)
            result["arch"] = etree.tostring(arch, encoding="unicode")
        return result

    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            self._add_conditions(arch)
        return arch, view

    def _add_conditions(self, arch):
        for tag, conditions in (
            ("button", self._get_button_conditions()),
            ("field", self._get_field_conditions()),
        ):
            for name, condition in conditions.items():
                for element in arch.iterfind(f".//{tag}[@name='{name}']"):
                    element.attrib.update(condition)

    def _get_button_conditions(self):
        """Return when the buttons of the form are shown, such as :func:`show_in_state`.

        :return: attributes, by names of buttons
        :rtype: dict of dict
        """
        return {}

    def _get_field_conditions(self):
        """Return when fields of the form are shown, such as :func:`show_where`.

        :return: attributes, by names of fields
        :rtype: dict of dict
        """
        return {}


class ListViewMixin:
    """Up to 17.0 ``tree``, from 18.0 ``list``: a list that no XML could give to both.

    A model overrides :meth:`_build_list_view`.
    """

    __slots__ = ()  # as Odoo's models

    def _get_default_tree_view(self):
        return self._build_list_view(E.tree)

    def _get_default_list_view(self):
        return self._build_list_view(E.list)

    def _build_list_view(self, root):
        """Build the list of this model.

        :param root: maker of the root element
        :rtype: lxml.etree._Element
        """
        raise NotImplementedError


def get_combined_arch(view):
    """From 15.0 ``get_combined_arch()``, before ``read_combined()``.

    :param view: record of ``ir.ui.view``
    :return: the view and what extends it, in XML
    :rtype: str
    """
    if hasattr(view, "get_combined_arch"):
        return view.get_combined_arch()
    return view.read_combined(["arch"])["arch"]


def make_hidden_column(name):
    """From 17.0 ``column_invisible``, before ``invisible``.

    :param str name: of a field that expressions of the list need
    :rtype: lxml.etree._Element
    """
    return E.field(name=name, invisible="1", column_invisible="1")


def show_in_state(state):
    """Up to 16.0 ``states``, from 17.0 an expression.

    :param str state: in which an element is shown
    :return: attributes of the element
    :rtype: dict
    """
    if STATES_ARE_IN_VIEWS:
        return {"states": state}
    return {"invisible": f"state != '{state}'"}


def show_where(name):
    """Up to 16.0 ``attrs``, from 17.0 an expression.

    :param str name: of a field of the form, which is set where an element is shown
    :return: attributes of the element
    :rtype: dict
    """
    if STATES_ARE_IN_VIEWS:
        return {"attrs": str({"invisible": [(name, "=", False)]})}
    return {"invisible": f"not {name}"}
