//! Where does the text of an element belong?

use crate::wxr::dates::Date;
use crate::wxr::entries::{Author, Category, Channel, Comment, Filed, Item, Meta, Tag, Term};
use crate::wxr::names::Field;

/// What an element said, in the kind of its field.
pub(super) enum Value {
    Text(String),
    Number(Option<i64>),
    Date(Date),
    Filed(Filed),
    Guid(String, bool),
}

impl Value {
    fn text(self) -> String {
        match self {
            Value::Text(text) | Value::Guid(text, _) => text,
            Value::Number(_) | Value::Date(_) | Value::Filed(_) => String::new(),
        }
    }

    fn id(self) -> Option<u64> {
        match self {
            Value::Number(number) => number.and_then(|number| u64::try_from(number).ok()),
            Value::Text(_) | Value::Date(_) | Value::Filed(_) | Value::Guid(..) => None,
        }
    }

    fn date(self) -> Date {
        match self {
            Value::Date(date) => date,
            Value::Text(_) | Value::Number(_) | Value::Filed(_) | Value::Guid(..) => Date::default(),
        }
    }
}

// A field that does not belong to the entry never comes here: `field_of` asks for the context.

pub(super) fn set_channel(channel: &mut Channel, field: Field, value: Value) {
    match field {
        Field::Title => channel.title = value.text(),
        Field::Link => channel.link = value.text(),
        Field::Description => channel.description = value.text(),
        Field::PubDate => channel.pub_date = value.text(),
        Field::Language => channel.language = value.text(),
        Field::Version => channel.version = value.text(),
        Field::BaseSite => channel.base_site_url = value.text(),
        Field::BaseBlog => channel.base_blog_url = value.text(),
        Field::Generator => channel.generator = Some(value.text()).filter(|text| !text.is_empty()),
        _ => {}
    }
}

pub(super) fn set_author(author: &mut Author, field: Field, value: Value) {
    match field {
        Field::Id => author.id = value.id(),
        Field::Login => author.login = value.text(),
        Field::Email => author.email = value.text(),
        Field::DisplayName => author.display_name = value.text(),
        Field::FirstName => author.first_name = value.text(),
        Field::LastName => author.last_name = value.text(),
        _ => {}
    }
}

pub(super) fn set_category(category: &mut Category, field: Field, value: Value) {
    match field {
        Field::Id => category.id = value.id(),
        Field::Slug => category.nicename = value.text(),
        Field::Parent => category.parent = value.text(),
        Field::Name => category.name = value.text(),
        Field::Description => category.description = value.text(),
        _ => {}
    }
}

pub(super) fn set_tag(tag: &mut Tag, field: Field, value: Value) {
    match field {
        Field::Id => tag.id = value.id(),
        Field::Slug => tag.slug = value.text(),
        Field::Name => tag.name = value.text(),
        Field::Description => tag.description = value.text(),
        _ => {}
    }
}

pub(super) fn set_term(term: &mut Term, field: Field, value: Value) {
    match field {
        Field::Id => term.id = value.id(),
        Field::Taxonomy => term.taxonomy = value.text(),
        Field::Slug => term.slug = value.text(),
        Field::Parent => term.parent = value.text(),
        Field::Name => term.name = value.text(),
        Field::Description => term.description = value.text(),
        _ => {}
    }
}

pub(super) fn set_meta(meta: &mut Meta, field: Field, value: Value) {
    match field {
        Field::Key => meta.key = value.text(),
        Field::MetaValue => meta.value = value.text(),
        _ => {}
    }
}

pub(super) fn set_comment(comment: &mut Comment, field: Field, value: Value) {
    match field {
        Field::Id => comment.id = value.id(),
        Field::Creator => comment.author = value.text(),
        Field::Email => comment.email = value.text(),
        Field::Link => comment.url = value.text(),
        Field::Ip => comment.ip = value.text(),
        Field::Date => comment.date = value.date(),
        Field::DateGmt => comment.date_gmt = value.date(),
        Field::Content => comment.content = value.text(),
        Field::Status => comment.approved = value.text(),
        Field::PostType => comment.kind = value.text(),
        Field::ParentId => comment.parent = value.id().unwrap_or(0),
        Field::User => comment.user_id = value.id().unwrap_or(0),
        _ => {}
    }
}

pub(super) fn set_item(item: &mut Item, field: Field, value: Value) {
    match field {
        Field::Title => item.title = value.text(),
        Field::Link => item.link = value.text(),
        Field::PubDate => item.pub_date = value.text(),
        Field::Creator => item.creator = value.text(),
        Field::Guid => {
            if let Value::Guid(guid, is_permalink) = value {
                item.guid = guid;
                item.guid_is_permalink = is_permalink;
            }
        }
        Field::Description => item.description = value.text(),
        Field::Content => item.content = value.text(),
        Field::Excerpt => item.excerpt = value.text(),
        Field::Id => item.post_id = value.id(),
        Field::Date => item.post_date = value.date(),
        Field::DateGmt => item.post_date_gmt = value.date(),
        Field::Modified => item.post_modified = value.date(),
        Field::ModifiedGmt => item.post_modified_gmt = value.date(),
        Field::CommentStatus => item.comment_status = value.text(),
        Field::PingStatus => item.ping_status = value.text(),
        Field::Slug => item.post_name = value.text(),
        Field::Status => item.status = value.text(),
        Field::ParentId => item.post_parent = value.id().unwrap_or(0),
        Field::MenuOrder => {
            if let Value::Number(number) = value {
                item.menu_order = number.unwrap_or(0);
            }
        }
        Field::PostType => item.post_type = value.text(),
        Field::Password => item.post_password = value.text(),
        Field::Sticky => item.is_sticky = value.id().is_some_and(|number| number != 0),
        Field::AttachmentUrl => item.attachment_url = Some(value.text()),
        Field::Filed => {
            if let Value::Filed(filed) = value {
                item.terms.push(filed);
            }
        }
        _ => {}
    }
}
