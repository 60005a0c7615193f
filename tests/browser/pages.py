import re
from urllib.parse import urlencode

from playwright.sync_api import expect

SECRET = re.compile(r"access_token_[0-9a-f]{40}")


class Backend:
    """Odoo's web client, in words that every series of it understands."""

    def __init__(self, page, db):
        self.page = page
        self.db = db
        self.dialog = page.get_by_role("dialog").last
        self.rows = page.locator("tr.o_data_row")

    def login(self, user, action, record_id=None):
        """Log in, and go straight to an action: to the form of a record, or a list."""
        fragment = {"action": action}
        if record_id:
            fragment.update(id=record_id, view_type="form")
        query = {"db": self.db, "redirect": f"/web#{urlencode(fragment)}"}
        # A request of this page that ends after the login brings the old session back.
        self.page.goto(f"/web/login?{urlencode(query)}", wait_until="networkidle")
        self.page.locator("input[name=login]").fill(user.login)
        self.page.locator("input[name=password]").fill(user.password)
        self.page.get_by_role("button", name="Log in", exact=True).click()
        self.loaded()

    def loaded(self):
        expect(self.page.locator(".o_main_navbar")).to_be_visible()
        view = self.page.locator(".o_action_manager .o_view_controller")
        expect(view).to_be_visible()

    def reload(self):
        self.page.reload()
        self.loaded()

    def preferences(self):
        self.page.locator(".o_user_menu").locator("a, button").first.click()
        preferences = re.compile("Preferences|My Profile")
        self.page.get_by_role("menuitem", name=preferences).click()
        self.tab("REST Tokens")
        # Behind the dialog there may be another list.
        self.rows = self.page.locator(".o_form_view tr.o_data_row")

    def app_menu(self, app, section, entry):
        toggle = self.page.locator(".o_navbar_apps_menu, .o_menu_apps")
        toggle.locator("a, button").first.click()
        self.page.get_by_role("menuitem", name=app, exact=True).first.click()
        self.page.get_by_role("button", name=section).click()
        self.page.get_by_role("menuitem", name=entry, exact=True).click()

    def tab(self, name):
        tab = self.page.get_by_role("tab", name=name)
        tab.click()
        expect(tab).to_have_class(re.compile(r"\bactive\b"))

    def button(self, name):
        """The button that calls a method."""
        return self.page.locator(f"button[name={name}]")

    def field(self, name):
        """The input of a field of the dialog, or what becomes one by a click."""
        return self.dialog.locator(
            f"input[name={name}], [name={name}] input:visible, "
            f"[name={name}] button[data-field]:visible"
        )

    def confirm(self):
        self.dialog.get_by_role("button", name="Ok", exact=True).click()

    def close(self):
        self.dialog.get_by_role("button", name="Done").click()
        expect(self.page.get_by_text(SECRET)).to_have_count(0)

    def close_by_cross(self):
        self.dialog.locator(".modal-header .close, .modal-header .btn-close").click()
        expect(self.page.get_by_text(SECRET)).to_have_count(0)

    def close_by_key(self):
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_text(SECRET)).to_have_count(0)

    def identify(self, user):
        self.field("password").fill(user.password)
        self.button("run_check").click()

    def secret(self):
        shown = self.dialog.get_by_text(SECRET).first
        expect(shown).to_be_visible()
        return SECRET.search(shown.inner_text()).group()

    def copy_button(self, name):
        """The button that copies what a field of the dialog shows."""
        return self.dialog.locator(f"[name={name}] .o_clipboard_button").first

    def copy(self, name):
        self.copy_button(name).click()
        return self.page.evaluate("navigator.clipboard.readText()")

    def issue(self, user, name):
        """Issue a token, from the button to the dialog that shows its secret."""
        self.button("action_new_rest_token").click()
        expect(self.button("action_issue")).to_be_visible()
        self.field("name").fill(name)
        self.button("action_issue").click()
        self.identify(user)
        return self.secret()

    def row(self, text):
        return self.rows.filter(has_text=text)

    def revoke(self, name):
        self.row(name).locator("button[name=action_revoke]").click()
        self.confirm()

    def group(self, text):
        return self.page.locator(".o_group_header", has_text=text)

    def search(self, menu, item):
        """Apply one filter or grouping, instead of those that are applied."""
        self.search_all()
        toggles = f".o_searchview_dropdown_toggler, .o_{menu}_menu > button"
        self.page.locator(toggles).first.click()
        self.page.get_by_role("menuitemcheckbox", name=item, exact=True).click()
        self.page.keyboard.press("Escape")
        expect(self.page.locator(".o_searchview_facet")).to_have_count(1)

    def search_all(self):
        """Remove all filters and groupings."""
        facets = self.page.locator(".o_searchview_facet")
        while count := facets.count():
            facets.first.locator(".o_facet_remove").click()
            expect(facets).to_have_count(count - 1)


class Keyboard:
    """Nothing but keys: what the Tab key doesn't reach can't be used."""

    def __init__(self, page):
        self.page = page

    def press(self, element):
        self.reach(element)
        self.page.keyboard.press("Space")

    def type(self, element, text):
        self.reach(element)
        self.page.keyboard.type(text)

    def reach(self, element):
        expect(element).to_be_visible()
        # The dialog in which Odoo 16.0 asks for the password is a one-way street.
        for key in 80 * ["Tab"] + 80 * ["Shift+Tab"]:
            if element.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"the Tab key does not reach {element}")


class SwaggerUI:
    def __init__(self, page, db):
        self.page = page
        self.db = db

    def open(self, definition):
        # The session has to know its database where a server has several.
        self.page.goto(f"/web/login?{urlencode({'db': self.db})}")
        self.page.goto("/api-docs")
        self.page.locator("select#select").select_option(label=definition)

    def authorize(self, secret):
        self.page.locator(".auth-wrapper button.authorize").click()
        scheme = self.page.locator(".auth-container").filter(
            has=self.page.get_by_text("access_token", exact=True)
        )
        scheme.locator("input").fill(secret)
        scheme.locator("button.authorize").click()
        expect(scheme.get_by_text("Logout")).to_be_visible()

    def close(self):
        self.page.locator(".auth-container .btn-done").first.click()

    def try_out(self, method, path):
        """Execute an operation, and return what shows its answer."""
        operation = self.page.locator(f".opblock-{method}").filter(
            has=self.page.locator(f"[data-path='{path}']")
        )
        operation.locator("button.opblock-summary-control").click()
        operation.get_by_role("button", name="Try it out").click()
        operation.get_by_role("button", name="Execute").click()
        answer = operation.locator(".live-responses-table tbody")
        answer.scroll_into_view_if_needed()
        return answer
