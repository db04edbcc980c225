from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exhibitions', '0005_cash_days'),
    ]

    operations = [
        migrations.AddField(
            model_name='fair',
            name='changed_at',
            field=models.DateTimeField(auto_now=True, verbose_name='Changed'),
        ),
    ]
