//! Who is here, and what do they send?

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use http::{HeaderMap, Method, header};

use super::places::{Access, Room, StaffRoom};
use super::refusal::Refusal;
use crate::desk::Desk;
use crate::error::Error;
use crate::identity::Token;
use crate::news::ArticleId;
use crate::news::language::Language;
use crate::news::site::Digits;
use crate::news::staff::Staff;
use crate::search::{Query, Wanted};
use crate::store::{Db, StoreError};
use crate::web::Web;
use crate::web::frame::Frame;
use crate::web::interface::Interface;
use crate::web::reply::{CachePolicy, HTML, Reply};
use crate::web::views::newsroom::{Layout, NavItem, StaffView};
use serde::Serialize;

/// The cookie of a session. Browsers take a name with this prefix only over TLS (or from the machine itself), for this
/// host alone and for every path (RFC 6265bis, 4.1.3).
const COOKIE: &str = "__Host-warraq";

/// A request to the newsroom by somebody who may make it.
pub(super) struct Visit<'a> {
    pub(super) web: &'a Web,
    /// Who; nobody at the door.
    pub(super) staff: Option<Staff>,
    /// The publication.
    pub(super) frame: Arc<Frame>,
    /// Of the interface.
    pub(super) language: Language,
    /// A script asks, and wants to be told in JSON.
    pub(super) wants_json: bool,
    pub(super) from: IpAddr,
    /// The verbs, with the one who acts at the desk.
    pub(super) desk: Desk,
    /// Hash of the token of this session.
    pub(super) session: Option<[u8; 32]>,
}

/// As for readers, and the one way by which the editor may make HTML of a text (it reads it by its own schema).
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; media-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'; \
                      require-trusted-types-for 'script'; trusted-types warraq-editor";

/// The places that stand in the navigation, in order.
static NAVIGATION: [(&str, Room); 16] = [
    ("home", Room::Home),
    ("stories", Room::Stories),
    ("calendar", Room::Calendar),
    ("wire", Room::Wire),
    ("comments", Room::Comments),
    ("pictures", Room::Pictures),
    ("front", Room::Front),
    ("sections", Room::Sections),
    ("menus", Room::Menus),
    ("people", Room::People),
    ("tags", Room::Tags),
    ("redirects", Room::Redirects),
    ("settings", Room::Settings),
    ("stages", Room::Stages),
    ("accounts", Room::Staff(StaffRoom::Accounts)),
    ("audit", Room::Staff(StaffRoom::Audit)),
];

impl Visit<'_> {
    pub(super) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Somebody who is signed in, where the place asks for that.
    pub(super) fn staff(&self) -> Result<&Staff, Refusal> {
        self.staff.as_ref().ok_or(Refusal::SignedOut)
    }

    pub(super) fn texts(&self) -> &Interface {
        self.web.texts(self.language.primary(), self.digits())
    }

    pub(super) fn digits(&self) -> Digits {
        self.frame.site.settings.digits
    }

    /// Read from one view of the database.
    pub(super) async fn view<T, F>(&self, work: F) -> Result<T, Refusal>
    where
        F: FnOnce(&mut Db<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        Ok(self.desk().store.read(move |db| work(db).map_err(Error::from)).await?)
    }

    /// The published articles that these words find, the best first.
    pub(super) async fn search(&self, words: &str, limit: usize) -> Result<Vec<ArticleId>, Refusal> {
        let (desk, words) = (self.desk(), words.to_owned());
        let query = desk.search.reading(|reader| Query::parse(&words, reader));
        let wanted = Wanted { query, now: desk.clock.now().as_second(), ..Wanted::default() };
        let found = desk.search.ask(move |index| index.search(&wanted, limit, 0)).await.map_err(Error::from)?;
        Ok(found.hits.iter().map(|hit| ArticleId(hit.id)).collect())
    }

    /// What stands around a page of the newsroom. `here` is the place in the navigation.
    pub(super) fn layout(&self, title: &str, here: &str) -> Layout {
        let may_enter = |room: &Room| match (room.access(&Method::GET), &self.staff) {
            (Some(Access::Staff(right)), Some(staff)) => staff.role.may(right),
            _ => false,
        };
        let shown = NAVIGATION.iter().filter(|(_, room)| may_enter(room));
        let nav = shown.map(|(key, room)| NavItem { key, href: room.path(), current: *key == here }).collect();
        Layout {
            lang: self.language.as_str().to_owned(),
            dir: self.language.dir(),
            digits: self.digits().as_str(),
            title: format!("{title} - {}", self.frame.site.title),
            site: self.frame.site.title.clone(),
            texts: self.texts_for_scripts("room-"),
            staff: self.staff.as_ref().map(|staff| StaffView { name: staff.name.clone(), role: staff.role.as_str() }),
            nav,
        }
    }

    /// The interface texts whose keys begin with `prefix`, as JSON that may stand in a `<script>`.
    pub(super) fn texts_for_scripts(&self, prefix: &str) -> String {
        serde_json::to_string(&self.texts().with_prefix(prefix)).unwrap_or_default().replace('<', "\\u003c")
    }

    /// The title of a page by its key.
    pub(super) fn says(&self, key: &str) -> String {
        self.texts().text(key, &[])
    }

    /// A page of the newsroom, for this visitor alone.
    pub(super) fn page(&self, template: &str, view: &impl Serialize) -> Result<Reply, Refusal> {
        let page = self.web.templates.render(template, self.language.as_str(), self.digits(), view)?;
        let page = Reply::new(http::StatusCode::OK, HTML, page.into(), CachePolicy::Never);
        Ok(page.with(header::CONTENT_SECURITY_POLICY, POLICY))
    }
}

/// An answer to a script.
pub(super) fn json(status: http::StatusCode, value: &serde_json::Value) -> Reply {
    Reply::new(status, "application/json", value.to_string().into(), CachePolicy::Never)
}

/// On to another page, after something was done.
pub(super) fn see(path: &str) -> Reply {
    Reply::redirect(http::StatusCode::SEE_OTHER, path)
}

/// The session that a request carries.
pub(super) fn token(headers: &HeaderMap) -> Option<Token> {
    cookie(headers, COOKIE)
}

fn cookie(headers: &HeaderMap, wanted: &str) -> Option<Token> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == wanted).and_then(|(_, value)| Token::parse(value))
}

/// The cookie of somebody who knew the password and still has to give a code.
const HALF_COOKIE: &str = "__Host-warraq-half";

/// The first half of signing in that a request carries.
pub(super) fn half_token(headers: &HeaderMap) -> Option<Token> {
    cookie(headers, HALF_COOKIE)
}

/// `Set-Cookie` for it, or for its end.
pub(super) fn carry_half(token: Option<&Token>) -> String {
    let (value, age) = token.map_or_else(|| (String::new(), 0), |token| (token.reveal().to_owned(), 300));
    format!("{HALF_COOKIE}={value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={age}")
}

/// The cookie of a browser that was asked for a passkey.
const ASKED_COOKIE: &str = "__Host-warraq-asked";

/// The question that a request answers.
pub(super) fn asked_token(headers: &HeaderMap) -> Option<Token> {
    cookie(headers, ASKED_COOKIE)
}

/// `Set-Cookie` for it, or for its end.
pub(super) fn carry_asked(token: Option<&Token>) -> String {
    let (value, age) = token.map_or_else(|| (String::new(), 0), |token| (token.reveal().to_owned(), 300));
    format!("{ASKED_COOKIE}={value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age={age}")
}

/// `Set-Cookie` for a session that begins.
pub(super) fn carry(token: &Token) -> String {
    format!("{COOKIE}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=7776000", token.reveal())
}

/// `Set-Cookie` for one that ends.
pub(super) fn drop_cookie() -> String {
    format!("{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0")
}

/// A form as it was sent: names may come several times.
#[derive(Debug, Default)]
pub(super) struct Fields(HashMap<String, Vec<String>>);

impl Fields {
    /// Read `application/x-www-form-urlencoded`, which a query is too.
    pub(super) fn parse(text: &[u8]) -> Self {
        let mut fields: HashMap<String, Vec<String>> = HashMap::new();
        for (name, value) in url::form_urlencoded::parse(text) {
            // Browsers send every line end as CR LF.
            fields.entry(name.into_owned()).or_default().push(value.replace("\r\n", "\n"));
        }
        Self(fields)
    }

    /// The first value of a name, empty when there is none.
    pub(super) fn one(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Whether a name was sent at all.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// All values of a name.
    pub(super) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// A number.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.one(name).trim().parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_its_cookie_among_others() {
        let check = |cookie: &str, found: bool| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, cookie.parse().expect("a value"));
            assert_eq!(token(&headers).is_some(), found, "{cookie}");
        };
        check("__Host-warraq=000102030405060708090a0b0c0d0eff", true);
        check("a=b; __Host-warraq=000102030405060708090a0b0c0d0eff; c=d", true);
        check("warraq=000102030405060708090a0b0c0d0eff", false);
        check("__Host-warraq=short", false);
        check("", false);
    }

    #[test]
    fn forms_may_say_a_name_often() {
        let fields = Fields::parse("tag=1&tag=2&text=a%0D%0Ab".as_bytes());
        assert_eq!(fields.all("tag"), ["1", "2"]);
        assert_eq!(fields.one("text"), "a\nb");
        assert_eq!((fields.one("none"), fields.has("none"), fields.number("tag")), ("", false, Some(1)));
    }
}
