"""The first schema."""

import sqlalchemy as sa
from alembic import op

import models.base
from models.audit import triggers

revision = '0001'
down_revision = None


def upgrade() -> None:
    op.create_table('conversations',
    sa.Column('key', sa.String(length=96), nullable=False),
    sa.Column('state', sa.String(length=64), nullable=True),
    sa.Column('data', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('updated_at', models.base.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_conversations'))
    )
    op.create_table('failed_updates',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('update_id', sa.BigInteger(), nullable=True),
    sa.Column('chat_id', sa.BigInteger(), nullable=True),
    sa.Column('raw', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('failed_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('settled_at', models.base.Instant(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_failed_updates'))
    )
    with op.batch_alter_table('failed_updates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_failed_updates_chat_id'), ['chat_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_failed_updates_state'), ['state'], unique=False)

    op.create_table('handled_updates',
    sa.Column('identity', sa.String(length=96), nullable=False),
    sa.Column('update_id', sa.BigInteger(), nullable=False),
    sa.Column('handled_at', models.base.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('identity', name=op.f('pk_handled_updates'))
    )
    with op.batch_alter_table('handled_updates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handled_updates_handled_at'), ['handled_at'], unique=False)

    op.create_table('made_files',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', models.base.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_made_files'))
    )
    op.create_table('places',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('name_en', sa.String(length=80), nullable=True),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('path', sa.String(length=255), nullable=False),
    sa.Column('sought', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['parent_id'], ['places.id'], name=op.f('fk_places_parent_id_places')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_places')),
    sa.UniqueConstraint('code', name=op.f('uq_places_code'))
    )
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_places_parent_id'), ['parent_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_places_path'), ['path'], unique=False)

    op.create_table('reminders',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=48), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('due_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('lateness', sa.String(length=16), nullable=False),
    sa.Column('detail', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('dedupe', sa.String(length=120), nullable=False),
    sa.Column('settled_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders')),
    sa.UniqueConstraint('dedupe', name=op.f('uq_reminders_dedupe'))
    )
    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.create_index('ix_reminders_due', ['state', 'due_at'], unique=False)
        batch_op.create_index('ix_reminders_subject', ['kind', 'subject_id'], unique=False)

    op.create_table('help_counters',
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_help_counters_community_id_places')),
    sa.PrimaryKeyConstraint('community_id', name=op.f('pk_help_counters'))
    )
    op.create_table('people',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=True),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('place_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proxy_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('consent_version', sa.String(length=16), nullable=True),
    sa.Column('consented_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('created_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('left_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('unreachable_at', models.base.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_people_place_id_places')),
    sa.ForeignKeyConstraint(['proxy_id'], ['people.id'], name=op.f('fk_people_proxy_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people')),
    sa.UniqueConstraint('telegram_id', name=op.f('uq_people_telegram_id'))
    )
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_people_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_people_proxy_id'), ['proxy_id'], unique=False)

    op.create_table('admin_codes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('expires_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('used_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('used_at', models.base.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['used_by'], ['people.id'], name=op.f('fk_admin_codes_used_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_admin_codes')),
    sa.UniqueConstraint('digest', name=op.f('uq_admin_codes_digest'))
    )
    op.create_table('audit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('act', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('concerning_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('detail', sa.JSON(none_as_null=True), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['people.id'], name=op.f('fk_audit_actor_id_people')),
    sa.ForeignKeyConstraint(['concerning_id'], ['people.id'], name=op.f('fk_audit_concerning_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index('ix_audit_concerning', ['concerning_id', 'act'], unique=False)
        batch_op.create_index('ix_audit_subject', ['subject', 'subject_id'], unique=False)

    op.create_table('grants',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('place_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('granted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('granted_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('revoked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('revoked_at', models.base.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['granted_by'], ['people.id'], name=op.f('fk_grants_granted_by_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_grants_person_id_people')),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_grants_place_id_places')),
    sa.ForeignKeyConstraint(['revoked_by'], ['people.id'], name=op.f('fk_grants_revoked_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_grants'))
    )
    with op.batch_alter_table('grants', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_grants_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_grants_place_id'), ['place_id'], unique=False)
        batch_op.create_index('uq_grants_standing', ['person_id', 'role', 'place_id'], unique=True, sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))

    op.create_table('help_requests',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('community_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('requester_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('beneficiary_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('place_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('category', sa.String(length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('urgency', sa.String(length=12), nullable=False),
    sa.Column('when_text', sa.String(length=200), nullable=True),
    sa.Column('start_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('hands', sa.SmallInteger(), nullable=False),
    sa.Column('held', sa.SmallInteger(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('ring', sa.SmallInteger(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('promised_by', models.base.Instant(timezone=True), nullable=False),
    sa.Column('created_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('changed_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('claimed_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('done_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('closed_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('solved', sa.Boolean(), nullable=True),
    sa.Column('rating', sa.SmallInteger(), nullable=True),
    sa.Column('unconfirmed', sa.Boolean(), nullable=False),
    sa.Column('close_reason', sa.String(length=300), nullable=True),
    sa.CheckConstraint('hands > 0', name=op.f('ck_help_requests_hands')),
    sa.CheckConstraint('held >= 0 AND held <= hands', name=op.f('ck_help_requests_held')),
    sa.CheckConstraint('rating BETWEEN 1 AND 5', name=op.f('ck_help_requests_rating')),
    sa.ForeignKeyConstraint(['beneficiary_id'], ['people.id'], name=op.f('fk_help_requests_beneficiary_id_people')),
    sa.ForeignKeyConstraint(['community_id'], ['places.id'], name=op.f('fk_help_requests_community_id_places')),
    sa.ForeignKeyConstraint(['owner_id'], ['people.id'], name=op.f('fk_help_requests_owner_id_people')),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_help_requests_place_id_places')),
    sa.ForeignKeyConstraint(['requester_id'], ['people.id'], name=op.f('fk_help_requests_requester_id_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_requests')),
    sa.UniqueConstraint('community_id', 'number', name=op.f('uq_help_requests_community_id_number')),
    sa.UniqueConstraint('token', name=op.f('uq_help_requests_token'))
    )
    with op.batch_alter_table('help_requests', schema=None) as batch_op:
        batch_op.create_index('ix_help_requests_beneficiary', ['beneficiary_id', 'state'], unique=False)
        batch_op.create_index('ix_help_requests_owner', ['owner_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_help_requests_place_id'), ['place_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_help_requests_requester_id'), ['requester_id'], unique=False)
        batch_op.create_index('ix_help_requests_state', ['state', 'created_at'], unique=False)

    op.create_table('outbox',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lane', sa.SmallInteger(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('chat_id', sa.BigInteger(), nullable=True),
    sa.Column('method', sa.String(length=32), nullable=False),
    sa.Column('payload', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('kind', sa.String(length=48), nullable=True),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('recipient_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('detail', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('target_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('dedupe', sa.String(length=120), nullable=True),
    sa.Column('repeat', sa.Boolean(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('repeats', sa.SmallInteger(), nullable=False),
    sa.Column('created_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('due_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('finished_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('message_id', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.String(length=500), nullable=True),
    sa.ForeignKeyConstraint(['recipient_id'], ['people.id'], name=op.f('fk_outbox_recipient_id_people')),
    sa.ForeignKeyConstraint(['target_id'], ['outbox.id'], name=op.f('fk_outbox_target_id_outbox')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('dedupe', name=op.f('uq_outbox_dedupe'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index('ix_outbox_state', ['state', 'finished_at'], unique=False, sqlite_where=sa.text("state <> 'queued'"), postgresql_where=sa.text("state <> 'queued'"))
        batch_op.create_index('ix_outbox_subject', ['kind', 'subject_id', 'recipient_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_target_id'), ['target_id'], unique=False)
        batch_op.create_index('ix_outbox_waiting', ['lane', 'id'], unique=False, sqlite_where=sa.text("state = 'queued'"), postgresql_where=sa.text("state = 'queued'"))

    op.create_table('personal_fields',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('field', sa.String(length=16), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('updated_at', models.base.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_personal_fields_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', 'field', name=op.f('pk_personal_fields'))
    )
    op.create_table('volunteers',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('load_cap', sa.SmallInteger(), nullable=False),
    sa.Column('applied_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=300), nullable=True),
    sa.Column('changed_at', models.base.Instant(timezone=True), nullable=False),
    sa.CheckConstraint('load_cap > 0', name=op.f('ck_volunteers_load_cap')),
    sa.ForeignKeyConstraint(['decided_by'], ['people.id'], name=op.f('fk_volunteers_decided_by_people')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_volunteers_person_id_people')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_volunteers'))
    )
    with op.batch_alter_table('volunteers', schema=None) as batch_op:
        batch_op.create_index('ix_volunteers_state', ['state', 'applied_at'], unique=False)

    op.create_table('help_claims',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('created_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('held_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('confirmed_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('on_way_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('done_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('minutes', sa.SmallInteger(), nullable=True),
    sa.Column('ended_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=16), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_help_claims_person_id_people')),
    sa.ForeignKeyConstraint(['request_id'], ['help_requests.id'], name=op.f('fk_help_claims_request_id_help_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_claims')),
    sa.UniqueConstraint('request_id', 'line', name=op.f('uq_help_claims_request_id_line'))
    )
    with op.batch_alter_table('help_claims', schema=None) as batch_op:
        batch_op.create_index('ix_help_claims_person', ['person_id', 'state', 'held_at'], unique=False)
        batch_op.create_index('uq_help_claims_open', ['request_id', 'person_id'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'held', 'on_way')"), postgresql_where=sa.text("state IN ('waiting', 'held', 'on_way')"))

    op.create_table('help_media',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('file_id', sa.String(length=255), nullable=True),
    sa.Column('latitude', sa.Float(), nullable=True),
    sa.Column('longitude', sa.Float(), nullable=True),
    sa.Column('sent_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('evidence', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['help_requests.id'], name=op.f('fk_help_media_request_id_help_requests')),
    sa.ForeignKeyConstraint(['sent_by'], ['people.id'], name=op.f('fk_help_media_sent_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_media')),
    sa.UniqueConstraint('request_id', 'position', name=op.f('uq_help_media_request_id_position'))
    )
    op.create_table('help_offers',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ring', sa.SmallInteger(), nullable=False),
    sa.Column('points', sa.Float(), nullable=False),
    sa.Column('reasons', sa.JSON(none_as_null=True), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('asked_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('answered_at', models.base.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_help_offers_person_id_people')),
    sa.ForeignKeyConstraint(['request_id'], ['help_requests.id'], name=op.f('fk_help_offers_request_id_help_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_offers')),
    sa.UniqueConstraint('request_id', 'person_id', name=op.f('uq_help_offers_request_id_person_id'))
    )
    with op.batch_alter_table('help_offers', schema=None) as batch_op:
        batch_op.create_index('ix_help_offers_person', ['person_id', 'state'], unique=False)

    op.create_table('help_timeline',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('what', sa.String(length=16), nullable=False),
    sa.Column('detail', sa.JSON(none_as_null=True), nullable=True),
    sa.Column('words', sa.Text(), nullable=True),
    sa.Column('internal', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['people.id'], name=op.f('fk_help_timeline_actor_id_people')),
    sa.ForeignKeyConstraint(['request_id'], ['help_requests.id'], name=op.f('fk_help_timeline_request_id_help_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_timeline'))
    )
    with op.batch_alter_table('help_timeline', schema=None) as batch_op:
        batch_op.create_index('ix_help_timeline_request', ['request_id', 'id'], unique=False)

    op.create_table('volunteer_places',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['volunteers.person_id'], name=op.f('fk_volunteer_places_person_id_volunteers')),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_volunteer_places_place_id_places')),
    sa.PrimaryKeyConstraint('person_id', 'place_id', name=op.f('pk_volunteer_places'))
    )
    with op.batch_alter_table('volunteer_places', schema=None) as batch_op:
        batch_op.create_index('ix_volunteer_places_place', ['place_id', 'person_id'], unique=False)

    op.create_table('volunteer_skills',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('skill', sa.String(length=16), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['volunteers.person_id'], name=op.f('fk_volunteer_skills_person_id_volunteers')),
    sa.PrimaryKeyConstraint('person_id', 'skill', name=op.f('pk_volunteer_skills'))
    )

    append_only = triggers.POSTGRESQL if op.get_context().dialect.name == "postgresql" else triggers.SQLITE
    for statement in append_only:
        op.execute(statement)


def downgrade() -> None:
    off = triggers.POSTGRESQL_OFF if op.get_context().dialect.name == "postgresql" else triggers.SQLITE_OFF
    for statement in off:
        op.execute(statement)
    op.drop_table('volunteer_skills')
    with op.batch_alter_table('volunteer_places', schema=None) as batch_op:
        batch_op.drop_index('ix_volunteer_places_place')

    op.drop_table('volunteer_places')
    with op.batch_alter_table('help_timeline', schema=None) as batch_op:
        batch_op.drop_index('ix_help_timeline_request')

    op.drop_table('help_timeline')
    with op.batch_alter_table('help_offers', schema=None) as batch_op:
        batch_op.drop_index('ix_help_offers_person')

    op.drop_table('help_offers')
    op.drop_table('help_media')
    with op.batch_alter_table('help_claims', schema=None) as batch_op:
        batch_op.drop_index('uq_help_claims_open', sqlite_where=sa.text("state IN ('waiting', 'held', 'on_way')"), postgresql_where=sa.text("state IN ('waiting', 'held', 'on_way')"))
        batch_op.drop_index('ix_help_claims_person')

    op.drop_table('help_claims')
    with op.batch_alter_table('volunteers', schema=None) as batch_op:
        batch_op.drop_index('ix_volunteers_state')

    op.drop_table('volunteers')
    op.drop_table('personal_fields')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_outbox_waiting', sqlite_where=sa.text("state = 'queued'"), postgresql_where=sa.text("state = 'queued'"))
        batch_op.drop_index(batch_op.f('ix_outbox_target_id'))
        batch_op.drop_index('ix_outbox_subject')
        batch_op.drop_index('ix_outbox_state')

    op.drop_table('outbox')
    with op.batch_alter_table('help_requests', schema=None) as batch_op:
        batch_op.drop_index('ix_help_requests_state')
        batch_op.drop_index(batch_op.f('ix_help_requests_requester_id'))
        batch_op.drop_index(batch_op.f('ix_help_requests_place_id'))
        batch_op.drop_index('ix_help_requests_owner')
        batch_op.drop_index('ix_help_requests_beneficiary')

    op.drop_table('help_requests')
    with op.batch_alter_table('grants', schema=None) as batch_op:
        batch_op.drop_index('uq_grants_standing', sqlite_where=sa.text('revoked_at IS NULL'), postgresql_where=sa.text('revoked_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_grants_place_id'))
        batch_op.drop_index(batch_op.f('ix_grants_person_id'))

    op.drop_table('grants')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_subject')
        batch_op.drop_index('ix_audit_concerning')
        batch_op.drop_index(batch_op.f('ix_audit_actor_id'))

    op.drop_table('audit')
    op.drop_table('admin_codes')
    with op.batch_alter_table('people', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_people_proxy_id'))
        batch_op.drop_index(batch_op.f('ix_people_place_id'))

    op.drop_table('people')
    op.drop_table('help_counters')
    with op.batch_alter_table('reminders', schema=None) as batch_op:
        batch_op.drop_index('ix_reminders_subject')
        batch_op.drop_index('ix_reminders_due')

    op.drop_table('reminders')
    with op.batch_alter_table('places', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_places_path'))
        batch_op.drop_index(batch_op.f('ix_places_parent_id'))

    op.drop_table('places')
    op.drop_table('made_files')
    with op.batch_alter_table('handled_updates', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_handled_updates_handled_at'))

    op.drop_table('handled_updates')
    with op.batch_alter_table('failed_updates', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_failed_updates_state'))
        batch_op.drop_index(batch_op.f('ix_failed_updates_chat_id'))

    op.drop_table('failed_updates')
    op.drop_table('conversations')
