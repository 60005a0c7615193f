import re

from playwright.sync_api import expect


class ResourceForm:
    """The form of a REST resource, in words that every series of Odoo understands."""

    def __init__(self, backend):
        self.backend = backend
        self.page = backend.page
        self.form = self.page.locator(".o_form_view")
        self.line = self.form.locator("tr.o_selected_row")
        self.address = self.form.locator("[name=url]")

    def new(self):
        self.page.locator(".o_list_button_add:visible").click()
        expect(self.form).to_be_visible()

    def edit(self):
        """Up to Odoo 15.0, a form is read until its button is clicked."""
        button = self.page.locator(".o_form_button_edit:visible")
        if button.count():
            button.click()

    def fill(self, name, text):
        self._input(self.form, name).fill(text)

    def choose(self, field, text, item=None):
        """Choose a record by its name.

        :param str text: to type
        :param str item: pattern of the one to click, of what is found; the text, if not
            given
        """
        within = self.line if field == "field_id" else self.form
        entry = self._input(within, field)
        entry.click()
        entry.press_sequentially(text)
        items = ".ui-autocomplete:visible li, .o-autocomplete--dropdown-item"
        name = re.compile(rf"^\s*{item or re.escape(text)}\s*$")
        self.page.locator(items).filter(has_text=name).first.click()

    def tick(self, label):
        labels = self.form.locator("label.o_form_label")
        labels.filter(has_text=re.compile(f"^{label}")).click()

    def add_field(self, label, name, access):
        self.backend.tab("Fields")
        add = self.form.get_by_text("Add a line", exact=True)
        add.locator("visible=true").click()
        # Its own name follows, or from 19.0 on that of its model.
        self.choose("field_id", name, rf"{re.escape(label)} \(.+\)")
        self._select(self.line.locator("[name=access]").first, access)

    def _select(self, field, label):
        """Choose of a selection, which from Odoo 19.0 on is a menu."""
        select = field.locator("xpath=descendant-or-self::select")
        if select.count():
            select.select_option(label=label)
        else:
            field.locator("input").click()
            item = self.page.get_by_role("menuitem", name=label, exact=True)
            item.or_(self.page.get_by_role("option", name=label, exact=True)).click()

    def add_rule(self):
        """Add a rule to the filter: that the id is 1, if not told otherwise."""
        self.backend.tab("Filter")
        domain = self.form.locator("[name=domain]")
        domain.get_by_text(re.compile("add filter|new rule", re.IGNORECASE)).click()
        found = domain.get_by_role("button", name=re.compile("1 record", re.IGNORECASE))
        expect(found).to_be_visible()

    def save(self):
        button = self.page.locator(".o_form_button_save:visible")
        if button.count():
            button.click()
        expect(self.page.locator(".o_form_button_save:visible")).to_have_count(0)

    def open_docs(self):
        with self.page.expect_popup() as popup:
            self.page.get_by_role("button", name="Open in Swagger UI").click()
        return popup.value

    def _input(self, within, name):
        return within.locator(f"input[name={name}], [name={name}] input").first
