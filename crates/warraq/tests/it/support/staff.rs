//! What does somebody do who works here? Signs in, opens pages, sends forms.

use warraq::desk::{sessions, users};
use warraq::identity::PrivateEmail;
use warraq::news::UserId;
use warraq::news::staff::Role;

use super::{Newsroom, Page, Reader};

/// Somebody with a browser who is signed in.
pub(crate) struct Colleague {
    pub(crate) id: UserId,
    reader: Reader,
    cookie: String,
}

/// The password of everybody in these stories.
pub(crate) const PASSWORD: &str = "correct horse battery";

impl Newsroom {
    /// An account, without a browser yet.
    pub(crate) async fn hires(&self, name: &str, role: Role) -> UserId {
        self.hires_as(role.as_str(), name, role).await
    }

    /// An account with this address at the publication.
    pub(crate) async fn hires_as(&self, local: &str, name: &str, role: Role) -> UserId {
        let email = PrivateEmail::parse(&format!("{local}@news.example")).expect("an address");
        users::add(&self.desk, email, name, role, None).await.expect("an account")
    }

    /// Somebody new at work.
    pub(crate) async fn colleague(&self, name: &str, role: Role) -> Colleague {
        let id = self.hires(name, role).await;
        self.at_work(id).await
    }

    /// Somebody with an account comes to work.
    pub(crate) async fn at_work(&self, id: UserId) -> Colleague {
        let token = sessions::open(&self.desk, id, "a browser").await.expect("a session");
        Colleague { id, reader: self.reader(), cookie: format!("__Host-warraq={}", token.reveal()) }
    }
}

impl Colleague {
    pub(crate) async fn opens(&self, path: &str) -> Page {
        self.reader.reads_with(path, &[("cookie", &self.cookie)]).await
    }

    /// As a script asks.
    pub(crate) async fn asks(&self, path: &str) -> Page {
        self.reader.reads_with(path, &[("cookie", &self.cookie), ("accept", "application/json")]).await
    }

    /// Send a form from a page of the newsroom.
    pub(crate) async fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.sends_as(path, fields, "text/html").await
    }

    /// As a script sends.
    pub(crate) async fn tells(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.sends_as(path, fields, "application/json").await
    }

    /// Send files, each with its name, and fields.
    pub(crate) async fn uploads(
        &self,
        path: &str,
        files: &[(&str, &[u8])],
        fields: &[(&str, &str)],
        accept: &str,
    ) -> Page {
        const BOUNDARY: &str = "----a-boundary-7d1f";
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.as_bytes());
        }
        for (name, bytes) in files {
            let name = name.replace('"', "%22").replace(['\r', '\n', '\0'], " ");
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: image/svg+xml\r\n\r\n"
            );
            body.extend(head.as_bytes());
            body.extend(*bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let headers = [
            ("content-type", kind.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("cookie", self.cookie.as_str()),
            ("accept", accept),
        ];
        self.reader.posts(path, &headers, &body).await
    }

    async fn sends_as(&self, path: &str, fields: &[(&str, &str)], accept: &str) -> Page {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
            ("cookie", self.cookie.as_str()),
            ("accept", accept),
        ];
        self.reader.asks("POST", path, &headers, &form.finish()).await
    }
}

impl Page {
    /// What a script was told.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(self.body())
            .unwrap_or_else(|error| panic!("{} is no JSON ({error}): {}", self.path, self.body()))
    }
}
