import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0013_outgoing_emails'),
    ]

    operations = [
        migrations.CreateModel(
            name='FraudWarning',
            fields=[
                ('id', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('payment_intent', models.CharField(blank=True, max_length=64)),
                ('kind', models.CharField(max_length=80)),
                ('created', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Proration',
            fields=[
                ('id', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('credits', models.PositiveBigIntegerField()),
                ('created', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='stripeprice',
            name='stripe_price_once',
        ),
        migrations.AddField(
            model_name='customer',
            name='created',
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AddField(
            model_name='customer',
            name='deleted',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='customer',
            name='till',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='entry',
            name='kind',
            field=models.CharField(blank=True, choices=[('moved', 'Moved'), ('unspent', 'Unspent'), ('by-hand', 'By Hand')], max_length=7),
        ),
        migrations.AddField(
            model_name='entry',
            name='ref',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='moneyday',
            name='fees',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='moneyday',
            name='ours_back',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='moneyday',
            name='stripes_back',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='moneyday',
            name='unknown',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='amount',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='credits',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='order',
            name='currency',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name='order',
            name='name',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='order',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('paid', 'Paid'), ('failed', 'Failed'), ('expired', 'Expired')], default='open', max_length=7),
        ),
        migrations.AddField(
            model_name='order',
            name='till',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='purchase',
            name='price',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='purchase',
            name='subscription',
            field=models.CharField(blank=True, db_index=True, max_length=64),
        ),
        migrations.AddField(
            model_name='purchase',
            name='till',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='purchase',
            name='value',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='reversal',
            name='currency',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name='reversal',
            name='parked',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='stripeprice',
            name='credits',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='stripeprice',
            name='name',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='stripeprice',
            name='till',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='subscription',
            name='amount',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='subscription',
            name='currency',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name='subscription',
            name='name',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='subscription',
            name='next_name',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='subscription',
            name='pay_url',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='subscription',
            name='price',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='subscription',
            name='till',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='topup',
            name='credits',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='topup',
            name='currency',
            field=models.CharField(blank=True, max_length=3),
        ),
        migrations.AddField(
            model_name='topup',
            name='name',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='topup',
            name='pay_url',
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.AddField(
            model_name='topup',
            name='price',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='topup',
            name='till',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AlterField(
            model_name='customer',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='customers', to='billing.account'),
        ),
        migrations.AlterField(
            model_name='topup',
            name='state',
            field=models.CharField(choices=[('started', 'Started'), ('paid', 'Paid'), ('failed', 'Failed'), ('asked', 'Asked')], default='started', max_length=7),
        ),
        migrations.AddConstraint(
            model_name='customer',
            constraint=models.UniqueConstraint(condition=models.Q(('deleted', None)), fields=('account', 'till'), name='customer_one_at_a_till'),
        ),
        migrations.AddConstraint(
            model_name='stripeprice',
            constraint=models.UniqueConstraint(fields=('item', 'credits', 'amount', 'currency', 'till'), name='stripe_price_once'),
        ),
        migrations.AddField(
            model_name='fraudwarning',
            name='account',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fraud_warnings', to='billing.account'),
        ),
        migrations.AddField(
            model_name='proration',
            name='purchase',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prorations', to='billing.purchase'),
        ),
    ]
