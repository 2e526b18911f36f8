"""Nobody waits unseen: clocks, pauses, swaps, duty, desk hours, orders, early items."""

import sqlalchemy as sa
from alembic import op

import models.base

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('desk_hours',
    sa.Column('place_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('week', sa.String(length=400), nullable=False),
    sa.Column('set_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('set_at', models.base.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_desk_hours_place_id_places')),
    sa.ForeignKeyConstraint(['set_by'], ['people.id'], name=op.f('fk_desk_hours_set_by_people')),
    sa.PrimaryKeyConstraint('place_id', name=op.f('pk_desk_hours'))
    )
    op.create_table('duty',
    sa.Column('place_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('weekday', sa.SmallInteger(), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('set_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('set_at', models.base.Instant(timezone=True), nullable=False),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_duty_weekday')),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_duty_person_id_people')),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_duty_place_id_places')),
    sa.ForeignKeyConstraint(['set_by'], ['people.id'], name=op.f('fk_duty_set_by_people')),
    sa.PrimaryKeyConstraint('place_id', 'weekday', name=op.f('pk_duty'))
    )
    with op.batch_alter_table('duty', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_duty_person_id'), ['person_id'], unique=False)

    op.create_table('early_items',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('category', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('opened_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('taken_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('taken_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('settled_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('settled_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('words', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['place_id'], ['places.id'], name=op.f('fk_early_items_place_id_places')),
    sa.ForeignKeyConstraint(['settled_by'], ['people.id'], name=op.f('fk_early_items_settled_by_people')),
    sa.ForeignKeyConstraint(['taken_by'], ['people.id'], name=op.f('fk_early_items_taken_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_early_items'))
    )
    with op.batch_alter_table('early_items', schema=None) as batch_op:
        batch_op.create_index('ix_early_items_state', ['state', 'opened_at'], unique=False)
        batch_op.create_index('uq_early_items_unsettled', ['place_id', 'category'], unique=True, sqlite_where=sa.text("state <> 'settled'"), postgresql_where=sa.text("state <> 'settled'"))

    op.create_table('early_requests',
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['early_items.id'], name=op.f('fk_early_requests_item_id_early_items')),
    sa.ForeignKeyConstraint(['request_id'], ['help_requests.id'], name=op.f('fk_early_requests_request_id_help_requests')),
    sa.PrimaryKeyConstraint('item_id', 'request_id', name=op.f('pk_early_requests'))
    )
    with op.batch_alter_table('early_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_early_requests_request_id'), ['request_id'], unique=False)

    op.create_table('help_pauses',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('why', sa.String(length=12), nullable=False),
    sa.Column('began_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('ended_at', models.base.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['request_id'], ['help_requests.id'], name=op.f('fk_help_pauses_request_id_help_requests')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_pauses'))
    )
    with op.batch_alter_table('help_pauses', schema=None) as batch_op:
        batch_op.create_index('ix_help_pauses_request', ['request_id', 'began_at'], unique=False)

    op.create_table('orders',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('cause', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('body', sa.String(length=16), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('to_show', sa.Text(), nullable=True),
    sa.Column('due_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('opened_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('set_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reported_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reported_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('report', sa.Text(), nullable=True),
    sa.Column('sent_back', sa.Text(), nullable=True),
    sa.Column('signed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('signed_at', models.base.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['people.id'], name=op.f('fk_orders_person_id_people')),
    sa.ForeignKeyConstraint(['reported_by'], ['people.id'], name=op.f('fk_orders_reported_by_people')),
    sa.ForeignKeyConstraint(['request_id'], ['help_requests.id'], name=op.f('fk_orders_request_id_help_requests')),
    sa.ForeignKeyConstraint(['set_by'], ['people.id'], name=op.f('fk_orders_set_by_people')),
    sa.ForeignKeyConstraint(['signed_by'], ['people.id'], name=op.f('fk_orders_signed_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_orders'))
    )
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_orders_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_orders_request_id'), ['request_id'], unique=False)
        batch_op.create_index('ix_orders_state', ['state', 'due_at'], unique=False)
        batch_op.create_index('uq_orders_standing', ['request_id'], unique=True, sqlite_where=sa.text("state <> 'signed'"), postgresql_where=sa.text("state <> 'signed'"))

    op.create_table('help_swaps',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('offered_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('wanted_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('asked_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('answered_at', models.base.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['offered_id'], ['help_claims.id'], name=op.f('fk_help_swaps_offered_id_help_claims')),
    sa.ForeignKeyConstraint(['wanted_id'], ['help_claims.id'], name=op.f('fk_help_swaps_wanted_id_help_claims')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_swaps'))
    )
    with op.batch_alter_table('help_swaps', schema=None) as batch_op:
        batch_op.create_index('ix_help_swaps_claims', ['offered_id', 'wanted_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_help_swaps_wanted_id'), ['wanted_id'], unique=False)

    op.create_table('order_evidence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.SmallInteger(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('file_id', sa.String(length=255), nullable=False),
    sa.Column('sent_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_order_evidence_order_id_orders')),
    sa.ForeignKeyConstraint(['sent_by'], ['people.id'], name=op.f('fk_order_evidence_sent_by_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_order_evidence')),
    sa.UniqueConstraint('order_id', 'position', name=op.f('uq_order_evidence_order_id_position'))
    )
    op.create_table('return_visits',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('days', sa.SmallInteger(), nullable=False),
    sa.Column('due_at', models.base.Instant(timezone=True), nullable=False),
    sa.Column('asked_at', models.base.Instant(timezone=True), nullable=True),
    sa.Column('answer', sa.String(length=12), nullable=True),
    sa.Column('answered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answered_at', models.base.Instant(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['answered_by'], ['people.id'], name=op.f('fk_return_visits_answered_by_people')),
    sa.ForeignKeyConstraint(['order_id'], ['orders.id'], name=op.f('fk_return_visits_order_id_orders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_visits')),
    sa.UniqueConstraint('order_id', 'days', name=op.f('uq_return_visits_order_id_days'))
    )
    op.add_column('help_claims', sa.Column('asked_at', models.base.Instant(timezone=True), nullable=True))

    op.add_column('help_requests', sa.Column('answer_by', models.base.Instant(timezone=True), nullable=False, server_default='1970-01-01 00:00:00'))
    op.add_column('help_requests', sa.Column('answered_at', models.base.Instant(timezone=True), nullable=True))
    op.add_column('help_requests', sa.Column('owned_at', models.base.Instant(timezone=True), nullable=True))
    op.add_column('help_requests', sa.Column('calls', sa.SmallInteger(), nullable=False, server_default='0'))
    op.add_column('help_requests', sa.Column('call_after', models.base.Instant(timezone=True), nullable=True))

    op.execute(
        'UPDATE help_requests SET answer_by = promised_by, owned_at = created_at, answered_at = '
        "CASE WHEN channel = 'desk' THEN created_at ELSE claimed_at END"
    )
    # steps behind the three rings are alarms now, each taken once: what was asked for oftener
    # has the first of them before it
    op.execute(
        'UPDATE help_requests SET ring = 3 '
        "WHERE ring > 3 AND state IN ('open', 'claimed', 'underway')"
    )
    # the lane LIVE has come between URGENT and NOTICE; changes in place move into it
    op.execute('UPDATE outbox SET lane = lane + 1 WHERE lane > 2 OR (lane = 2 AND target_id IS NULL)')


def downgrade() -> None:
    op.execute('UPDATE outbox SET lane = lane - 1 WHERE lane > 2')

    op.drop_column('help_requests', 'call_after')
    op.drop_column('help_requests', 'calls')
    op.drop_column('help_requests', 'owned_at')
    op.drop_column('help_requests', 'answered_at')
    op.drop_column('help_requests', 'answer_by')

    op.drop_column('help_claims', 'asked_at')

    op.drop_table('return_visits')
    op.drop_table('order_evidence')
    with op.batch_alter_table('help_swaps', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_help_swaps_wanted_id'))
        batch_op.drop_index('ix_help_swaps_claims')

    op.drop_table('help_swaps')
    with op.batch_alter_table('orders', schema=None) as batch_op:
        batch_op.drop_index('uq_orders_standing', sqlite_where=sa.text("state <> 'signed'"), postgresql_where=sa.text("state <> 'signed'"))
        batch_op.drop_index('ix_orders_state')
        batch_op.drop_index(batch_op.f('ix_orders_request_id'))
        batch_op.drop_index(batch_op.f('ix_orders_person_id'))

    op.drop_table('orders')
    with op.batch_alter_table('help_pauses', schema=None) as batch_op:
        batch_op.drop_index('ix_help_pauses_request')

    op.drop_table('help_pauses')
    with op.batch_alter_table('early_requests', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_early_requests_request_id'))

    op.drop_table('early_requests')
    with op.batch_alter_table('early_items', schema=None) as batch_op:
        batch_op.drop_index('uq_early_items_unsettled', sqlite_where=sa.text("state <> 'settled'"), postgresql_where=sa.text("state <> 'settled'"))
        batch_op.drop_index('ix_early_items_state')

    op.drop_table('early_items')
    with op.batch_alter_table('duty', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_duty_person_id'))

    op.drop_table('duty')
    op.drop_table('desk_hours')
