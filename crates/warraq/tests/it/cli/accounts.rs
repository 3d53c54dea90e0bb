//! Accounts on the command line, and the first one by the link that a server prints.

use crate::support::binary::Place;

fn founded() -> Place {
    let place = Place::new();
    place.does(&["init", "--title", "أخبار الصين", "--base-url", "https://news.example"]);
    place
}

#[test]
fn accounts_are_invited_listed_changed_and_closed() {
    let place = founded();
    place.does(&["user", "add", "a@example.org", "--name", "سلمى", "--role", "owner"]);
    place.does(&["user", "add", "b@example.org", "--name", "ليلى", "--role", "editor"]);
    let said = place.does(&["user", "invite", "canary@example.org", "--name", "نور", "--role", "author"]);
    assert!(said.contains("outbox") && !said.contains("canary"), "{said}");
    place.refuses(&["user", "invite", "canary", "--name", "نور", "--role", "author"], "e-mail");
    place.refuses(&["user", "invite", "A@example.org", "--name", "نور", "--role", "author"], "taken");
    place.refuses(&["user", "role", "2", "author", "--section", "nowhere"], "there is no section");
    place.refuses(&["user", "role", "9", "author"], "account 9");
    place.refuses(&["user", "role", "1", "editor"], "last-owner");
    assert_eq!(place.does(&["user", "role", "2", "author"]), "2 author ليلى [no password]\n");
    assert_eq!(place.does(&["user", "disable", "2"]), "2 author ليلى [no password] [closed]\n");
    let all = place.tells(&["user", "list", "--json"]);
    assert_eq!((all.as_array().map(Vec::len), &all[1]["closed"]), (Some(2), &true.into()));
    assert!(!all.to_string().contains("example.org"), "no addresses: {all}");
    place.does(&["user", "enable", "2"]);
    assert_eq!(place.does(&["user", "list"]).lines().count(), 2);
}

#[test]
fn a_server_without_accounts_prints_a_link_to_the_first() {
    let place = founded();
    let server = place.serves();
    let link = |log: &str| {
        let rest = log.rsplit_once("https://news.example/newsroom/setup/").map(|(_, rest)| rest.to_owned());
        rest.and_then(|rest| rest.split_whitespace().next().map(|token| format!("/newsroom/setup/{token}")))
    };
    let path = link(&server.log()).expect("a link");
    assert_eq!(server.reads(&path).status, 200);
    let fields = [("name", "سلمى"), ("email", "a@example.org"), ("password", "open sesame, please")];
    let answer = server.sends(&path, &fields);
    assert_eq!((answer.status, answer.location()), (303, "/newsroom/"));
    assert_eq!(server.reads(&path).status, 404);
    server.stop();
    let again = place.serves();
    assert_eq!(again.log().matches("/newsroom/setup/").count(), 1, "there is an account now: {}", again.log());
    again.stop();
    assert_eq!(place.does(&["user", "list"]), "1 owner سلمى\n");
}
