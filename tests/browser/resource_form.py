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

    def choose(self, name, text, item=None):
        """Choose a record by its name.

        :param str text: to type
        :param str item: to click, of what is found; the text, if not given
        """
        within = self.line if name == "field_id" else self.form
        field = self._input(within, name)
        field.click()
        field.press_sequentially(text)
        items = ".ui-autocomplete:visible li, .o-autocomplete--dropdown-item"
        self.page.locator(items).get_by_text(item or text, exact=True).first.click()

    def tick(self, label):
        labels = self.form.locator("label.o_form_label")
        labels.filter(has_text=re.compile(f"^{label}")).click()

    def add_field(self, label, name, access):
        self.backend.tab("Fields")
        add = self.form.get_by_text("Add a line", exact=True)
        add.locator("visible=true").click()
        self.choose("field_id", name, f"{label} ({name})")
        select = self.line.locator("select[name=access], [name=access] select")
        select.select_option(label=access)

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
